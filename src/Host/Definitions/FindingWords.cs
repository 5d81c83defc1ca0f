using EduUnion.Domain.People;
using EduUnion.Host.Web;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Host.Definitions;

/// <summary>What the checker found, in plain words of the request's language.</summary>
public sealed class FindingWords(Texts texts, DefinitionWords words)
{
    private const int MostNames = 5;

    /// <summary>What is wrong; the checker's own sentence, with the names of the document, stands beside it.</summary>
    public string Sentence(Finding finding) => texts["finding." + finding.Code];

    public string Sentence(Gap gap) =>
        texts[
            "finding." + gap.Code,
            Enum.TryParse<Office>(gap.Subject, out var office) ? (object)office : gap.Subject,
            Names(gap.Organisations)
        ];

    /// <summary>How it comes to it, one sentence a step; the last says where it ends or what goes on for ever.</summary>
    /// <param name="set">Holds the children that the definition starts.</param>
    public IReadOnlyList<string> Story(Definition definition, Finding finding, DefinitionSet set)
    {
        if (finding.Trail is not { } trail)
            return [];
        var places = trail.FailsAt.Select(id => Name(definition, id)).Distinct().ToList();
        return
        [
            texts["finding.story.start", words.Name(definition)],
            .. trail.Story.Select(h => Told(definition, h, set)),
            .. places.Count > 0 ? [texts["finding.story.fails", string.Join(Comma, places)]] : Array.Empty<string>(),
            .. trail.Round.IsEmpty
                ? Array.Empty<string>()
                : [texts["finding.story.round", string.Join(Comma, trail.Round.Select(h => Told(definition, h, set)))]],
        ];
    }

    private string Comma => texts["clock.separator"];

    private string Told(Definition definition, Happening happened, DefinitionSet set)
    {
        var owner =
            happened.DefinitionId == definition.DefinitionId
                ? definition
                : set.Child(definition, happened.DefinitionId);
        var name = owner is null ? happened.Activity : Name(owner, happened.Activity);
        if (happened.Step is null)
            return texts["finding.story.due", name];
        var outcome = words.OutcomeOf(happened.Step, happened.Outcome);
        return happened.Items is { } items
            ? texts["finding.story.items", name, outcome, items]
            : texts["finding.story.step", name, outcome];
    }

    private string Name(Definition definition, string activity) =>
        definition.Activities.GetValueOrDefault(activity) is { } found ? words.Activity(found) : activity;

    private string Names(IReadOnlyList<string> organisations) =>
        organisations.Count <= MostNames
            ? string.Join(Comma, organisations)
            : texts["finding.organisations", string.Join(Comma, organisations.Take(MostNames)), organisations.Count];
}
