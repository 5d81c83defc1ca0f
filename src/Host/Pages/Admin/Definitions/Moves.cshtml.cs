using System.Globalization;
using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Definitions;
using EduUnion.Host.Drafts;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Admin.Definitions;

/// <summary>Running cases on their way to this version: what a move would do, the move, and back.</summary>
[Authorize(Policies.Administrator)]
public sealed class MovesModel(
    DefinitionBook book,
    CaseMoves moves,
    MovePreviews previews,
    DefinitionWords words,
    Texts texts
) : FormPage(texts)
{
    private const string AnswerPrefix = "answer-";
    private const int ShownMoves = 50;
    private const int ToldRefusals = 5;

    private DefinitionSet _set = DefinitionSet.Empty;

    public Definition Definition { get; private set; } = null!;

    public MovePreview Preview { get; private set; } = new([], [], false);

    public IReadOnlyList<MoveLine> Done { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Answers { get; private set; } = new Dictionary<string, string>();

    /// <summary>Given with the form, so that a move sent twice is one.</summary>
    public string Key { get; } = $"{Guid.NewGuid()}";

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>The cases as they were seen, <c>id:version</c>.</summary>
    [BindProperty]
    public List<string> Cases { get; set; } = [];

    /// <summary>All of them until somebody has chosen; then what he chose, also when he is refused.</summary>
    public bool IsTicked(CasePreview line) =>
        Cases.Count == 0 && !IsChosen || Cases.Any(c => c.StartsWith($"{line.CaseId}:", StringComparison.Ordinal));

    private bool IsChosen => Request.HasFormContentType && Request.Form["do"] == "move";

    public Field ReasonField =>
        new("reason", Words["move.reason"], FieldKind.LongText)
        {
            Value = Reason,
            Required = true,
            Hint = Words["move.reason.hint"],
            Error = ErrorAt("reason"),
        };

    /// <summary>Which activity of this version takes the place of one that is gone.</summary>
    public IEnumerable<Field> AnswerFields =>
        Preview.Open.Select(from => new Field(
            AnswerPrefix + from,
            Words["move.answer", NameBefore(from)],
            FieldKind.Choice
        )
        {
            Value = Answers.GetValueOrDefault(from),
            Folded = true,
            Options = [.. CaseMoves.Places(Definition).Select(a => new Choice(a.Id, $"{words.Activity(a)} ({a.Id})"))],
        });

    public IReadOnlyList<CasePreview> Movable =>
        [.. Preview.Groups.Where(g => g.IsPossible).SelectMany(g => g.Cases).Take(CaseMoves.Most)];

    public string Name(string activity) =>
        Definition.Activities.GetValueOrDefault(activity) is { } found ? words.Activity(found) : activity;

    /// <summary>What an activity is called in the versions before.</summary>
    public string NameBefore(string activity) =>
        _set
            .All.Where(d => d.DefinitionId == Definition.DefinitionId && d != Definition)
            .OrderByDescending(d => d.Version)
            .Select(d => d.Activities.GetValueOrDefault(activity))
            .FirstOrDefault(a => a is not null)
            is { } found
            ? words.Activity(found)
            : activity;

    public string Clock(ClockChange change) =>
        Words[
            "move.clock",
            NameBefore(change.Activity),
            One(change.Before, change.DueBefore),
            One(change.After, change.DueAfter)
        ];

    public string Trouble(MovedPlace place) =>
        place.Fate switch
        {
            PlaceFate.Stays => Words["move.stays"],
            PlaceFate.Reopens => Words["move.reopens"],
            _ => Words["move.asks." + place.Trouble],
        };

    public async Task<IActionResult> OnGetAsync(string id, int version, CancellationToken cancellation)
    {
        Answers = Read(Request.Query.ToDictionary(q => q.Key, q => $"{q.Value}"));
        return await ShowAsync(id, version, cancellation) ?? Page();
    }

    public async Task<IActionResult> OnPostAsync(
        string id,
        int version,
        string? @do,
        Guid? move,
        CancellationToken cancellation
    )
    {
        var typed = Typed.Of(Request.Form);
        Answers = Read(Request.Form.ToDictionary(f => f.Key, f => $"{f.Value}"));
        if (@do == "undo" && move is { } made)
        {
            var undone = await moves.UndoAsync(id, version, made, HttpContext.Asker(typed), cancellation);
            if (!undone.IsOk)
                return await AgainAsync(id, version, undone.Refusal, cancellation);
            TempData.Say(Words["move.undone.done"]);
            return Redirect($"/admin/definitions/{id}/{version}/moves");
        }
        var order = await moves.OrderAsync(id, version, Answers, cancellation);
        if (!order.IsOk)
            return await AgainAsync(id, version, order.Refusal, cancellation);
        var done = await moves.MoveAsync(
            order.Value,
            [.. Cases.Select(Seen).OfType<SeenCase>()],
            Reason,
            HttpContext.Asker(typed),
            cancellation
        );
        if (!done.IsOk)
            return await AgainAsync(id, version, done.Refusal, cancellation);
        Say(done.Value);
        return Redirect($"/admin/definitions/{id}/{version}/moves");
    }

    private string One(string? clock, DateOnly? due) =>
        clock is null ? Words["move.clock.none"]
        : due is { } on ? Words["move.clock.due", words.Clock(clock), on]
        : words.Clock(clock);

    private void Say(IReadOnlyList<MoveResult> results)
    {
        var refused = results.Where(r => !r.Done.IsOk).Select(r => Words.Of(r.Done.Refusal!)).ToList();
        TempData.Say(
            Words["move.done", results.Count - refused.Count],
            refused.Count == 0
                ? Words["move.done.text"]
                : Words["move.done.not", refused.Count, string.Join(" ", refused.Distinct().Take(ToldRefusals))]
        );
    }

    private async Task<IActionResult> AgainAsync(
        string id,
        int version,
        Refusal refusal,
        CancellationToken cancellation
    ) => await ShowAsync(id, version, cancellation) ?? Again(refusal);

    /// <summary>Null when the page can be shown.</summary>
    private async Task<IActionResult?> ShowAsync(string id, int version, CancellationToken cancellation)
    {
        _set = await book.CurrentAsync(cancellation);
        if (_set.Find(id, version) is not { } definition)
            return NotFound();
        Definition = definition;
        var order = await moves.OrderAsync(id, version, Answers, cancellation);
        if (!order.IsOk)
        {
            Point(order.Refusal);
            Answers = new Dictionary<string, string>();
            order = await moves.OrderAsync(id, version, null, cancellation);
        }
        Preview = await previews.OfAsync(order.Value, cancellation);
        Done = await moves.DoneAsync(id, version, ShownMoves, cancellation);
        return null;
    }

    private static Dictionary<string, string> Read(IEnumerable<KeyValuePair<string, string>> sent) =>
        sent.Where(s => s.Key.StartsWith(AnswerPrefix, StringComparison.Ordinal) && s.Value.Length > 0)
            .ToDictionary(s => s.Key[AnswerPrefix.Length..], s => s.Value);

    private static SeenCase? Seen(string value) =>
        value.Split(':') is [var id, var version]
        && Guid.TryParse(id, out var caseId)
        && long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var seen)
            ? new(caseId, seen)
            : null;
}
