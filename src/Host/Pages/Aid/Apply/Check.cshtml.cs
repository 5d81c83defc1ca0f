using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Drafts;
using EduUnion.Host.Parameters;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Aid.Apply;

/// <summary>Something that is missing, and the page on which it is mended.</summary>
public sealed record MissingLine(string Text, string Href);

/// <summary>Check your answers: everything that was said, what it amounts to, what is missing; then it is submitted.</summary>
[Authorize(Policies.Member)]
public sealed class CheckModel(ApplyDesk desk, RuleBook rules, Texts texts, TimeProvider time) : ApplyPage(desk, texts)
{
    public override string Here => Section.Check;

    public string Key { get; } = Guid.NewGuid().ToString();

    public Reckoning Reckoning { get; private set; } = null!;

    /// <summary>The confirmation on a page of its own, for browsers without script.</summary>
    public bool Abandoning { get; private set; }

    /// <summary><c>draft</c>, <c>supplement</c> or <c>papers</c>: what a submission is here.</summary>
    public string Step =>
        Application.State switch
        {
            AidState.Supplement => "supplement",
            AidState.Draft => "draft",
            _ => "papers",
        };

    public bool MayAbandon => Step != "papers";

    public IReadOnlyList<AnswerPart> Answers => new Answers(Said, Sight.Own, Words) { Change = To }.Parts;

    public IReadOnlyList<string> MissingProofs =>
        [.. Checklist.Where(p => p.IsMissing).Select(p => Words["aidterm.ProofKind." + p.Kind])];

    public IReadOnlyList<MissingLine> Missing =>
        [
            .. FormErrors.Each(Unfinished).Select(LineOf),
            .. Application.Has(ConsentKind.Collection)
                ? Array.Empty<MissingLine>()
                : [new MissingLine(Words["refusal.aid.consent-missing"], To("consents"))],
        ];

    public Dialog Abandon =>
        new("dlg-abandon", Words["aid.check.abandon." + Step], To(Section.Check), Words["aid.check.abandon." + Step])
        {
            Grave = true,
            Flat = Abandoning,
            Href = Abandoning ? To(Section.Check) : "?abandon=true",
            Text = Words["aid.check.abandon.text." + Step],
            Hidden = new Dictionary<string, string> { ["do"] = "abandon", ["key"] = Key },
        };

    public async Task<IActionResult> OnGetAsync(bool abandon, CancellationToken cancellation)
    {
        if (await LoadAsync(cancellation) is { } no)
            return no;
        Abandoning = abandon && MayAbandon;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (await LoadAsync(cancellation) is { } no)
            return no;
        var typed = Typed.Of(Request.Form);
        var abandons = typed.One("do") == "abandon";
        var outcome = (Step, abandons) switch
        {
            ("supplement", true) => "withdraw",
            ("supplement", false) => "resubmit",
            (_, true) => "abandon",
            _ => "submit",
        };
        var done = await Desk.DecideAsync(Id, "aid." + Step, outcome, HttpContext.Asker(typed), cancellation);
        if (!done.IsOk)
            // What is missing stands on the page already, each with its way there.
            return Again(done.Refusal.Fields.IsEmpty ? done.Refusal : Refusal.Because("aid.unfinished"));
        TempData.Say(
            Words[abandons ? "aid.abandoned" : "aid.submitted." + Step, done.Value.Number ?? ""],
            Words[$"next.aid.{Step}.{outcome}"]
        );
        return Redirect(abandons ? "/aid" : $"/aid/{Id}");
    }

    private MissingLine LineOf(Refusal refusal)
    {
        var section = Section.Of(refusal.Field ?? "");
        if (Amounts.Row(refusal.Field ?? "", Said.Members.Length) is { } row && section.Name == "household")
            return new(
                Words["aid.check.at", Said.Members[row].Name, Labelled(MemberForm.At(refusal.Field, row)!, refusal)],
                $"{To("household")}/{row + 1}?mend=true"
            );
        var field = section is FormSection form ? form.At(refusal.Field!, Said) : refusal.Field!;
        return new(
            Words["aid.check.at", Words["aid.section." + section.Name], Labelled(field, refusal)],
            section is FormSection ? $"{To(section.Name)}?mend=true" : To(section.Name)
        );
    }

    private string Labelled(string field, Refusal refusal) =>
        Words.Has("aid.field." + field)
            ? Words["aid.check.field", Words["aid.field." + field], Words.Of(refusal)]
            : Words.Of(refusal);

    private async Task<IActionResult?> LoadAsync(CancellationToken cancellation)
    {
        if (await OpenAsync(cancellation) is { } no)
            return no;
        Reckoning = Reckoning.Of(Said, await rules.ForAsync(Application.SchoolId, time.GetUtcNow(), cancellation));
        return null;
    }
}
