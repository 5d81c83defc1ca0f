using System.Collections.Immutable;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Drafts;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Pages.Aid.Apply;

/// <summary>One matter of an application, on a page of its own: <c>/aid/{id}/apply/{name}</c>.</summary>
/// <param name="Fields">What of the content it asks: names of fields, or their beginnings.</param>
public record Section(string Name, params ImmutableArray<string> Fields)
{
    /// <summary>Whether what is wrong there is mended on this page.</summary>
    public bool Owns(string field) => Fields.Any(f => field == f || field.StartsWith(f, StringComparison.Ordinal));

    /// <summary>The matters in the order in which they are asked; checking the answers comes after them.</summary>
    public static ImmutableArray<Section> All { get; } =
    [
        new PersonSection(),
        new("household", "members"),
        new IncomeSection(),
        new SpendingSection(),
        new CauseSection(),
        new CircumstancesSection(),
        new("proofs", "proofs"),
        new AccountSection(),
        new("consents", "consents"),
    ];

    public static Section? Find(string name) => All.FirstOrDefault(s => s.Name == name);

    public static Section Of(string field) => All.FirstOrDefault(s => s.Owns(field)) ?? All[0];

    /// <summary>Where one goes on after this page: the next matter, after the last to the answers.</summary>
    public string Next => All.IndexOf(this) is var at && at + 1 < All.Length ? All[at + 1].Name : Check;

    /// <summary>The page before; null = this is the first.</summary>
    public string? Previous => All.IndexOf(this) is var at && at > 0 ? All[at - 1].Name : null;

    public int Number => All.IndexOf(this) + 1;

    public const string Check = "check";
}

/// <summary>A matter that is one form; the others have pages of their own.</summary>
public abstract record FormSection(string Name, params ImmutableArray<string> Fields) : Section(Name, Fields)
{
    public abstract IEnumerable<Field> Draw(SectionForm form, AidContent saved);

    /// <summary>Fields whose value is never shown again once it was sent.</summary>
    public virtual ImmutableArray<string> Secrets => [];

    /// <summary>What is saved as if it had just been typed, numbers that stay masked apart.</summary>
    public abstract Typed TypedOf(AidContent saved);

    /// <summary>The content with what was typed; what cannot be read is remembered in <paramref name="read"/>.</summary>
    public abstract AidContent Into(AidContent saved, SectionReading read);

    /// <summary>The field of this form at which a refusal of the content belongs.</summary>
    public virtual string At(string field, AidContent content) => field;

    /// <summary>The refusals of the content that can be mended here, at the fields of this form; null = there are none.</summary>
    public Refusal? Here(Refusal? refusal, AidContent content) =>
        Refusal.Of([
            .. Web
                .FormErrors.Each(refusal)
                .Where(r => r.Field is { } field && Owns(field))
                .Select(r => r with { Field = At(r.Field!, content) }),
        ]);
}
