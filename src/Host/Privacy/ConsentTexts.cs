using System.Collections.Immutable;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Drafts;
using EduUnion.Host.Web;

namespace EduUnion.Host.Privacy;

/// <summary>A text to which somebody consents.</summary>
public sealed record ConsentText(ConsentKind Kind, string Version, string Title, string Text);

/// <summary>A text with its box (<c>_Consents</c>).</summary>
/// <param name="Note">What refusing means.</param>
/// <param name="Ticked">By the person himself, in the form that is shown again.</param>
public sealed record ConsentBox(ConsentText Text, string Note, bool Ticked, string? Error);

/// <summary>
/// The texts of the three separate consents (单独同意; PIPL art. 14, 23, 25, 29). A text is never changed: another one is added under the next version, and the earlier ones
/// stay readable for whoever consented to them.
/// </summary>
public sealed class ConsentTexts(Texts texts)
{
    private static readonly ImmutableDictionary<ConsentKind, string> Versions = Enum.GetValues<ConsentKind>()
        .ToImmutableDictionary(k => k, _ => "1");

    /// <summary>What is asked now, in the language of the request.</summary>
    public ConsentText Current(ConsentKind kind) => Of(kind, Versions[kind])!;

    /// <summary>Whether this is the version that is asked now; to another nobody consents any more.</summary>
    public static bool IsCurrent(ConsentKind kind, string version) => Versions[kind] == version;

    /// <summary>The text of a version; null when there is none.</summary>
    public ConsentText? Of(ConsentKind kind, string version)
    {
        var key = $"consent.{kind}.{version}";
        return texts.Has(key) ? new(kind, version, texts[$"consent.{kind}"], texts[key]) : null;
    }

    /// <summary>The three boxes, never ticked before somebody did it: only what was typed into this form counts.</summary>
    public IReadOnlyList<ConsentBox> Boxes(Typed typed, Refusal? refusal) =>
        [
            .. Enum.GetValues<ConsentKind>()
                .Select(kind =>
                {
                    var text = Current(kind);
                    return new ConsentBox(
                        text,
                        texts[NoteOf(kind)],
                        typed.One(NameOf(kind)) == text.Version,
                        FormErrors.At(refusal, NameOf(kind), texts)
                    );
                }),
        ];

    /// <summary>
    /// What was ticked, with the versions that were seen. Refusals, at the box: <c>consent.outdated</c> when a text
    /// changed meanwhile, so that nobody consents to what he has not read.
    /// </summary>
    public static Outcome<ImmutableDictionary<ConsentKind, string>> Read(Typed typed)
    {
        var ticked = Enum.GetValues<ConsentKind>()
            .Select(kind => (Kind: kind, Version: typed.One(NameOf(kind))))
            .Where(t => t.Version is not null)
            .ToImmutableDictionary(t => t.Kind, t => t.Version!);
        var outdated = ticked
            .Where(t => t.Value != Versions[t.Key])
            .Select(t => Refusal.At(NameOf(t.Key), "consent.outdated"));
        return Refusal.Of([.. outdated]) is { } refused ? refused : ticked;
    }

    /// <summary>The name of the box in a form.</summary>
    public static string NameOf(ConsentKind kind) => $"consent{kind}";

    private static string NoteOf(ConsentKind kind) =>
        kind switch
        {
            ConsentKind.Collection => "consents.required",
            ConsentKind.Transfer => "consents.transfer",
            _ => "consents.optional",
        };
}
