using System.Text.Json;
using System.Text.RegularExpressions;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Faults;

/// <summary>
/// The reference model of the engine: a token on a map. It knows the few shapes of which the shipped processes are drawn,
/// reads the arrows of the document as a reader of the picture would, runs no script and keeps no document of its own.
/// </summary>
internal sealed partial class PlainChart
{
    private readonly List<Run> _runs = [];

    /// <summary>Every instance that was ever started, in that order; what has ended has no open steps.</summary>
    public IReadOnlyList<Run> Runs => _runs;

    public void Start(string definitionId) => Begin(definitionId, null);

    /// <summary>Answers an open step; a routing list fans out.</summary>
    public void Answer(int run, string activity, string outcome, int items)
    {
        var (scope, node) = _runs[run].Open.First(o => o.Node.Id == activity);
        _runs[run].Open.Remove((scope, node));
        if (node.Result is { } variable)
            scope.Set(variable, (outcome, items));
        Leave(scope, node, "Done");
    }

    public void Cancel(int run)
    {
        foreach (var below in _runs.Where(r => r.IsWithin(_runs[run])))
            below.Die("Cancelled");
    }

    private void Begin(string definitionId, (Scope Scope, Node Node)? parent)
    {
        var run = new Run(definitionId, parent);
        _runs.Add(run);
        var root = new Node(DefinitionSet.Shipped.Latest(definitionId)!.Document.GetProperty("root"));
        Enter(new Scope(run, null, null), root);
    }

    private void Enter(Scope scope, Node node)
    {
        if (scope.Run.Ended is not null || scope.IsOver)
            return;
        scope.Tokens++;
        switch (node.Type)
        {
            case "Flowchart":
                var inner = new Scope(scope.Run, scope, node);
                Enter(inner, node.First());
                break;
            case "RunTask":
                scope.Run.Open.Add((scope, node));
                break;
            case "FlowSwitch":
                Leave(scope, node, node.PortFor(scope));
                break;
            case "FlowFork":
                scope.Tokens += node.Ports.Length - 1;
                foreach (var port in node.Ports)
                    Leave(scope, node, port);
                break;
            case "FlowJoin":
                if (scope.Arrive(node) == scope.Chart!.Into(node.Id))
                    Leave(scope, node, "Done");
                else
                    scope.Tokens--;
                break;
            case "ParallelForEach":
                var items = scope.Get(node.List).Items;
                var all = new Scope(scope.Run, scope, node) { Tokens = items };
                for (var i = 0; i < items; i++)
                    Enter(new Scope(scope.Run, all, null), node.Body);
                if (items == 0)
                    Leave(scope, node, "Done");
                break;
            case "DispatchWorkflow":
                Begin(node.Child, (scope, node));
                break;
            case "SetVariable":
                Leave(scope, node, "Done");
                break;
            case "SetOutput":
                if (node.Output is { } said)
                    scope.Run.Outcome = said;
                Leave(scope, node, "Done");
                break;
            case "End":
                scope.Close();
                Over(scope);
                break;
            case "Fault":
                throw new InvalidOperationException($"{scope.Run.DefinitionId} leads to its fault {node.Id}");
            default:
                throw new InvalidOperationException($"The plain chart does not know {node.Type}");
        }
    }

    private void Leave(Scope scope, Node node, string port)
    {
        scope.Tokens--;
        if (scope.Chart is { } chart)
            foreach (var next in chart.From(node.Id, port))
                Enter(scope, next);
        if (scope.Tokens == 0)
            Over(scope);
    }

    private void Over(Scope scope)
    {
        if (scope.IsOver)
            return;
        scope.IsOver = true;
        // The body of a loop: one iteration less is open, and after the last the loop goes on.
        if (scope is { Chart: null, Parent: { Chart.Type: "ParallelForEach" } loop })
        {
            if (--loop.Tokens == 0)
                Leave(loop.Parent!, loop.Chart, "Done");
            return;
        }
        if (scope.Parent is { } parent)
        {
            Leave(parent, scope.Chart!, "Done");
            return;
        }
        var run = scope.Run;
        run.Ended = "Finished";
        if (run.Parent is not { } waits || waits.Scope.Run.Ended is not null)
            return;
        if (waits.Node.Result is { } variable)
            waits.Scope.Set(variable, (run.Outcome ?? "", 0));
        Leave(waits.Scope, waits.Node, "Done");
    }

    /// <summary>One instance.</summary>
    internal sealed class Run(string definitionId, (Scope Scope, Node Node)? parent)
    {
        public string DefinitionId => definitionId;
        public (Scope Scope, Node Node)? Parent => parent;
        public List<(Scope Scope, Node Node)> Open { get; } = [];
        public string? Ended { get; set; }
        public string? Outcome { get; set; }

        public IEnumerable<string> OpenSteps => Open.Select(o => o.Node.Id).Order(StringComparer.Ordinal);

        public bool IsWithin(Run other) => this == other || (parent?.Scope.Run.IsWithin(other) ?? false);

        public void Die(string how)
        {
            Open.Clear();
            Ended ??= how;
        }
    }

    /// <summary>A chart or a loop while it is walked.</summary>
    internal sealed class Scope(Run run, Scope? parent, Node? chart)
    {
        private readonly Dictionary<string, (string Outcome, int Items)> _said = [];
        private readonly Dictionary<string, int> _arrived = [];

        public Run Run => run;
        public Scope? Parent => parent;
        public Node? Chart => chart;
        public int Tokens { get; set; }
        public bool IsOver { get; set; }

        public void Set(string variable, (string, int) said)
        {
            var at = this;
            while (at.Chart?.Declares(variable) != true && at.Parent is { } outer)
                at = outer;
            at._said[variable] = said;
        }

        public (string Outcome, int Items) Get(string variable) =>
            _said.TryGetValue(variable, out var said) ? said : parent?.Get(variable) ?? ("", 0);

        public int Arrive(Node join) => _arrived[join.Id] = _arrived.GetValueOrDefault(join.Id) + 1;

        /// <summary>Whatever is still open in it is not asked any more.</summary>
        public void Close() => run.Open.RemoveAll(o => o.Scope.IsIn(this));

        private bool IsIn(Scope other) => this == other || (parent?.IsIn(other) ?? false);
    }

    /// <summary>One activity as it is drawn.</summary>
    internal sealed partial class Node(JsonElement json)
    {
        public string Id => json.GetProperty("id").GetString()!;
        public string Type => json.GetProperty("type").GetString()!["Elsa.".Length..];
        public string Child => Literal("workflowDefinitionId");
        public Node Body => new(json.GetProperty("body"));

        /// <summary>The variable that keeps what a step said.</summary>
        public string? Result => json.TryGetProperty("result", out var result) ? Name(result) : null;

        public string List => Called().Match(Text("items")).Groups[1].Value;

        public string[] Ports => JsonSerializer.Deserialize<string[]>(Text("branches"))!;

        public string? Output => Literal("outputName") == "Outcome" ? Literal("outputValue") : null;

        public bool Declares(string variable) =>
            json.TryGetProperty("variables", out var all)
            && all.EnumerateArray().Any(v => v.GetProperty("name").GetString() == variable);

        public Node First()
        {
            var targets = Arrows().Select(a => a.To).ToHashSet();
            var all = json.GetProperty("activities").EnumerateArray().Select(a => new Node(a)).ToList();
            return all.FirstOrDefault(a => !targets.Contains(a.Id)) ?? all[0];
        }

        public IEnumerable<Node> From(string id, string port) =>
            Type != "Flowchart"
                ? []
                : Arrows().Where(a => a.From == id && a.Port == port).Select(a => Inside(a.To)).ToList();

        public int Into(string id) => Arrows().Count(a => a.To == id);

        public string PortFor(Scope scope) =>
            json.GetProperty("cases")
                .EnumerateArray()
                .Where(way => Holds(way.GetProperty("condition").GetProperty("value").GetString()!, scope))
                .Select(way => way.GetProperty("label").GetString()!)
                .FirstOrDefault("Default");

        /// <summary>What was said is put in for every question; then only "and", "or" and brackets are left.</summary>
        private static bool Holds(string condition, Scope scope)
        {
            var left = Asked()
                .Replace(condition, m => scope.Get(m.Groups[1].Value).Outcome == m.Groups[2].Value ? "1" : "0")
                .Replace(" ", "", StringComparison.Ordinal);
            for (var before = ""; before != left; )
            {
                before = left;
                left = Both().Replace(left, m => m.Value == "1&&1" ? "1" : "0");
                left = Either().Replace(left, m => m.Value == "0||0" ? "0" : "1");
                left = Bracket().Replace(left, "$1");
            }
            return left.Length == 1
                ? left == "1"
                : throw new InvalidOperationException($"The plain chart cannot read {condition}");
        }

        private Node Inside(string id) =>
            new(json.GetProperty("activities").EnumerateArray().First(a => a.GetProperty("id").GetString() == id));

        private IEnumerable<(string From, string Port, string To)> Arrows() =>
            json.GetProperty("connections")
                .EnumerateArray()
                .Select(c =>
                    (
                        c.GetProperty("source").GetProperty("activity").GetString()!,
                        c.GetProperty("source").GetProperty("port").GetString()!,
                        c.GetProperty("target").GetProperty("activity").GetString()!
                    )
                );

        private string Text(string input) =>
            json.GetProperty(input).GetProperty("expression").GetProperty("value").GetString()!;

        private string Literal(string input) => Text(input);

        // Ids of variables are their names in small letters: var-district-appoint is DistrictAppoint.
        private static string Name(JsonElement output) =>
            string.Concat(
                output
                    .GetProperty("memoryReference")
                    .GetProperty("id")
                    .GetString()!["var-".Length..]
                    .Split('-')
                    .Select(word => char.ToUpperInvariant(word[0]) + word[1..])
            );

        [GeneratedRegex("get(\\w+)\\(\\)\\.\\w+")]
        private static partial Regex Called();

        [GeneratedRegex("get(\\w+)\\(\\)\\.[oO]utcome === \"([^\"]*)\"")]
        private static partial Regex Asked();

        [GeneratedRegex("[01]&&[01]")]
        private static partial Regex Both();

        // Only where no "and" binds it closer.
        [GeneratedRegex("(?<!&&)[01]\\|\\|[01](?!&&)")]
        private static partial Regex Either();

        [GeneratedRegex("\\(([01])\\)")]
        private static partial Regex Bracket();
    }
}
