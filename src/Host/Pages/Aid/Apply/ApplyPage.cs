using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Attachments;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Aid.Apply;

/// <summary>A matter with how far it is.</summary>
/// <param name="Missing">Of what it needs for a submission.</param>
public sealed record SectionState(Section Section, int Missing, bool Begun, bool Current);

/// <summary>
/// A page of the application. It is its author's alone: whoever may see the case otherwise is sent to its own page, who may
/// not gets 404.
/// </summary>
public abstract class ApplyPage(ApplyDesk desk, Texts texts) : FormPage(texts)
{
    [FromRoute]
    public Guid Id { get; init; }

    public AidApplication Application { get; private set; } = null!;

    public AidContent Said => Application.Content;

    /// <summary>The checklist by cause, with what is attached.</summary>
    public IReadOnlyList<ProofNeeded> Checklist { get; private set; } = [];

    public IReadOnlyList<AttachmentLine> Files { get; private set; } = [];

    /// <summary>Entered by the union's chair for somebody else.</summary>
    public bool OnBehalf => Application.EnteredById is not null && Application.EnteredById == User.MemberId();

    public string Applicant { get; private set; } = "";

    public DateOnly Today { get; private set; }

    /// <summary>Everything that is missing for a submission, each at its field of the content.</summary>
    public Refusal? Unfinished { get; private set; }

    public IReadOnlyList<SectionState> States { get; private set; } = [];

    /// <summary>The name of this page's matter; empty on those that are about all of them.</summary>
    public virtual string Here => "";

    public string To(string section) => $"/aid/{Id}/apply/{section}";

    protected ApplyDesk Desk => desk;

    /// <summary>Null: the page can be shown.</summary>
    protected async Task<IActionResult?> OpenAsync(CancellationToken cancellation)
    {
        // What stands here is nobody else's: neither the browser's memory nor a proxy keeps it.
        Response.Headers.CacheControl = "no-store";
        if (await desk.FindAsync(Id, User.MemberId(), cancellation) is not { } found)
            return NotFound();
        (Application, Applicant, Files, Today) = (found.Application, found.Applicant, found.Files, found.Today);
        if (!found.MayWrite)
            return Redirect($"/aid/{Id}");
        var filed = Said with { Proofs = ApplyDesk.ProofsOf(Files) };
        Checklist = Proofs.Checklist(filed, Application.EnteredById is not null);
        Unfinished = Said.Check(Completeness.Full, Today);
        States = [.. Section.All.Select(StateOf)];
        return null;
    }

    private SectionState StateOf(Section section)
    {
        var missing = section.Name switch
        {
            "consents" => Application.Has(ConsentKind.Collection) ? 0 : 1,
            "proofs" => Checklist.Count(p => p.IsMissing),
            _ => FormErrors.Each(Unfinished).Count(r => r.Field is { } field && section.Owns(field)),
        };
        return new SectionState(section, missing, IsBegun(section), section.Name == Here);
    }

    private bool IsBegun(Section section) =>
        section.Name switch
        {
            "person" => Said.Person != AidPerson.Nobody,
            "household" => !Said.Members.IsEmpty,
            "income" => !Said.Incomes.IsEmpty,
            "spending" => !Said.Spending.IsEmpty,
            "cause" => Said.MainCause is not null || Said.Narrative.Length > 0,
            "circumstances" => Said.Exclusions != new Exclusions(null, null, null, null),
            "proofs" => Files.Any(f => f.PurgedAt is null),
            "account" => Said.Requested is not null || Said.Account.Number.Length > 0,
            _ => Application.Consents.Any(c => c.IsGiven),
        };
}
