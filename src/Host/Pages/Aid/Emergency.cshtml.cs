using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.Pages.Aid.Apply;
using EduUnion.Host.Parameters;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Aid;

/// <summary>
/// Emergency aid (急难): the chair enters who, what happened, how much and to which account; everything else comes within
/// the working days that the rules give.
/// </summary>
[Authorize(Policies.Member)]
public sealed class EmergencyModel(
    Access access,
    AidCommands commands,
    SchoolPeople people,
    RuleBook rules,
    Texts texts,
    TimeProvider time
) : FormPage(texts)
{
    private Typed _typed = Typed.Nothing;
    private Refusal? _refusal;
    private IReadOnlyList<Choice> _people = [];

    public string Key => _typed.Key ?? Guid.NewGuid().ToString();

    /// <summary>The most that may be given so.</summary>
    public Money Most { get; private set; }

    /// <summary>Working days for the papers.</summary>
    public int Days { get; private set; }

    public IEnumerable<Field> Fields
    {
        get
        {
            var form = new SectionForm(Words, _typed, _refusal);
            return
            [
                new("member", Words["aid.field.applicant"], FieldKind.Choice)
                {
                    Required = true,
                    Folded = true,
                    Options = _people,
                    Value = _typed.One("member"),
                    Error = ErrorAt("member"),
                },
                form.LongText("text", 500) with
                {
                    Label = Words["aid.field.urgent"],
                },
                form.Text("person.name") with
                {
                    Hint = Words["aid.hint.realName"],
                },
                form.Secret("person.identityNumber", ""),
                form.Choice<Cause>("mainCause"),
                form.Text("eventText"),
                form.Date("eventOn"),
                form.Amount("requested", required: true) with
                {
                    Hint = Words["aid.hint.emergency", Most],
                },
                form.Text("account.bankName"),
                form.Text("account.accountName"),
                form.Secret("account.account", ""),
            ];
        }
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await LoadAsync(cancellation) ? Page() : StatusCode(StatusCodes.Status403Forbidden);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await LoadAsync(cancellation))
            return StatusCode(StatusCodes.Status403Forbidden);
        _typed = Typed.Of(Request.Form);
        var read = new SectionReading(_typed);
        var content = AidContent.Empty with
        {
            Person = AidPerson.Nobody with
            {
                Name = read.Text("person.name"),
                IdentityNumber = read.Text("person.identityNumber"),
            },
            MainCause = read.Choice<Cause>("mainCause"),
            EventText = read.Text("eventText"),
            EventOn = read.Date("eventOn"),
            Requested = read.Amount("requested"),
            Account = BankAccount.Of(
                read.Text("account.bankName"),
                read.Text("account.accountName"),
                read.Text("account.account")
            ),
        };
        if (!Guid.TryParse(_typed.One("member"), out var member) || _people.All(p => p.Value != member.ToString()))
            return Refuse(Refusal.At("member", "form.required"));
        if (read.Refusal is { } unreadable)
            return Refuse(unreadable);
        if (content.Requested > Most)
            return Refuse(Refusal.At("requested", "aid.emergency-too-much", Most));
        var asked = await commands.AskEmergencyAsync(
            member,
            read.Text("text"),
            content,
            new Dictionary<ConsentKind, string>(),
            HttpContext.Asker(_typed),
            cancellation
        );
        if (!asked.IsOk)
            return Refuse(asked.Refusal);
        TempData.Say(Words["aid.emergency.done"], Words["aid.emergency.done.text", Days]);
        return Redirect($"/aid/{asked.Value.CaseId}");
    }

    private IActionResult Refuse(Refusal refusal)
    {
        _refusal = refusal;
        return Again(refusal);
    }

    private async Task<bool> LoadAsync(CancellationToken cancellation)
    {
        Response.Headers.CacheControl = "no-store";
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        if (viewer.At(Office.SchoolUnionChair) is not [var school, ..] schools)
            return false;
        var ruled = await rules.ForAsync(school, time.GetUtcNow(), cancellation);
        (Most, Days) = (ruled.Amount("emergency.max"), ruled.Workdays("emergency.review"));
        _people = await people.ChoicesAsync(schools, viewer, cancellation);
        return true;
    }
}
