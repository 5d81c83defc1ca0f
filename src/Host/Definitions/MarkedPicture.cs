using System.Collections.Immutable;
using EduUnion.Host.Web;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Host.Definitions;

/// <summary>A definition's picture with words over boxes and strong arrows: where it fails, what differs.</summary>
public sealed class MarkedPicture(DefinitionWords words, Texts texts)
{
    /// <summary>The way to a finding, its steps numbered, and where it fails.</summary>
    public string Of(Definition definition, Finding finding)
    {
        var marks = new Dictionary<string, string>();
        var story = (finding.Trail?.Story ?? [])
            .Where(h => h.DefinitionId == definition.DefinitionId)
            .Select(h => h.Activity)
            .Distinct()
            .Select((activity, i) => (activity, i));
        foreach (var (activity, i) in story)
            marks[activity] = $"{i + 1}";
        foreach (var id in FailsAt(definition, finding))
            marks[id] = texts["finding.mark"];
        return Draw(definition, marks, finding.Trail?.Ways ?? []);
    }

    /// <param name="ways">Arrows to be drawn strong.</param>
    /// <param name="sign">Stands before what they are called.</param>
    public string Draw(
        Definition definition,
        IReadOnlyDictionary<string, string> marks,
        ImmutableArray<Passage> ways,
        string sign = ""
    )
    {
        var (places, drawn) = DefinitionPicture.Of(definition, words.Port);
        return ProcessPicture.Draw(
            $"marked-{definition.Version}",
            [
                // A box unfolded below has its id with a slash behind.
                .. places.Select(p =>
                    p with
                    {
                        Text = words.Activity(definition.Activities[p.Id.TrimEnd('/')]),
                        Mark = marks.GetValueOrDefault(p.Id),
                    }
                ),
            ],
            [
                .. drawn.Select(w =>
                    ways.Contains(new Passage(w.From, w.Port ?? "", w.To))
                        ? w with
                        {
                            Taken = true,
                            Label = sign.Length == 0 ? w.Label : $"{sign} {w.Label}".TrimEnd(),
                        }
                        : w
                ),
            ],
            new PictureWords(
                words.Name(definition),
                texts["definition.picture", words.Name(definition), definition.Version],
                texts["definition.here"]
            )
        );
    }

    /// <summary>Guards are not drawn: in their place what leads there; of what can be seen, the activity it is said of.</summary>
    private static IEnumerable<string> FailsAt(Definition definition, Finding finding)
    {
        if (finding.Trail is { } trail)
            return trail.FailsAt.SelectMany(id =>
                definition.Activities[id].Type == "Elsa.Fault"
                    ? trail.Ways.Where(w => w.To == id).Select(w => w.From)
                    : [id]
            );
        var at = definition
            .Activities.Values.Where(a =>
                finding.Path == a.Path || finding.Path.StartsWith(a.Path + '/', StringComparison.Ordinal)
            )
            .MaxBy(a => a.Path.Length);
        return at is null || at.Parent is null ? [] : [at.Id];
    }
}
