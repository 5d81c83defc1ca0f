using System.Globalization;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Drafts;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Relations;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Aid.Apply;

/// <summary>One member of the household: <c>new</c>, or the row of one who is there.</summary>
[Authorize(Policies.Member)]
public sealed class MemberModel(
    ApplyDesk desk,
    DraftBook drafts,
    HouseholdLinks links,
    OrganisationBook organisations,
    Texts texts
) : ApplyPage(desk, texts)
{
    private const string Secret = "member.identityNumber";
    private Refusal? _refusal;
    private int? _row;
    private IReadOnlyList<Colleague> _same = [];

    [FromRoute(Name = "row")]
    public string Name { get; init; } = "";

    /// <summary>Null: a new one.</summary>
    public HouseholdMember? Saved { get; private set; }

    public Typed Typed { get; private set; } = Typed.Nothing;

    public DateTimeOffset? RestoredFrom { get; private set; }

    /// <summary>Under which name the row was opened; a row is no name, another window may have moved it.</summary>
    public string Was => Typed.One("was") ?? Saved?.Name ?? "";

    public override string Here => "household";

    public string Draft => ApplyDesk.DraftOf(Id, "member-" + (_row is { } row ? row + 1 : "new"));

    public IEnumerable<Field> Fields =>
        MemberForm.Draw(
            new SectionForm(Words, Typed, _refusal),
            Saved,
            // Two of one name are told apart by where they work.
            [
                .. _same.Select(c => new Choice(
                    c.Id.ToString(),
                    $"{c.Name}　{organisations.Find(c.OrganisationId)?.Name}"
                )),
            ]
        );

    public async Task<IActionResult> OnGetAsync(bool mend, CancellationToken cancellation)
    {
        if (await LoadAsync(cancellation) is { } no)
            return no;
        Typed = MemberForm.TypedOf(Saved);
        if (
            await drafts.FindAsync(User.MemberId(), Draft, cancellation) is { } draft
            && (draft.Typed.One("was") ?? "") == (Saved?.Name ?? "")
        )
            (Typed, RestoredFrom) = (draft.Typed.With(Secret), draft.SavedAt);
        else if (mend && HereOf(Unfinished, _row ?? Said.Members.Length) is { } missing)
        {
            _refusal = missing;
            Point(missing);
        }
        await LookUpAsync(Typed.One("member.name") ?? "", cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (await LoadAsync(cancellation) is { } no)
            return no;
        Typed = Typed.Of(Request.Form);
        var was = Typed.One("was");
        if (Typed.One("do") is "drop-draft")
        {
            await drafts.DropAsync(User.MemberId(), Draft, cancellation);
            return Redirect($"{To(Here)}/{Name}");
        }
        var read = new SectionReading(Typed);
        var member = MemberForm.Read(Saved, read);
        if (read.Refusal is { } unreadable)
            return await RefuseAsync(unreadable, cancellation);
        var row = _row ?? Said.Members.Length;
        // A row without a name could be told apart from no other.
        if (member.Name.Length == 0)
            return await RefuseAsync(Refusal.At("member.name", "aid.field-missing"), cancellation);
        if (Typed.One("member.colleague") == "yes")
        {
            await LookUpAsync(member.Name, cancellation);
            var chosen =
                _same.Count == 1 ? _same[0] : _same.FirstOrDefault(c => $"{c.Id}" == Typed.One("member.memberId"));
            if (chosen is null)
                return await RefuseAsync(
                    _same.Count == 0
                        ? Refusal.At("member.colleague", "aid.colleague-unknown")
                        : Refusal.At("member.memberId", "aid.colleague-several"),
                    cancellation
                );
            member = member with { MemberId = chosen.Id };
        }
        var moved = false;
        var saved = await Desk.SaveAsync(
            Id,
            // Asked of what stands when it is written: two windows may send at once.
            c => (moved = Moved(c, _row, was)) ? c : With(c, _row, member),
            HttpContext.Asker(Typed),
            cancellation
        );
        if (moved)
            return await RefuseAsync(Stale, cancellation);
        if (!saved.IsOk)
            return await RefuseAsync(HereOf(saved.Refusal, row) ?? saved.Refusal, cancellation);
        await drafts.DropAsync(User.MemberId(), Draft, cancellation);
        return Redirect(Typed.One("do") == "another" ? $"{To(Here)}/new" : To(Here));
    }

    private static AidContent With(AidContent content, int? row, HouseholdMember member) =>
        content with
        {
            Members = row is { } at ? content.Members.SetItem(at, member) : content.Members.Add(member),
        };

    /// <summary>The row is not any more that of whom it was opened for.</summary>
    private static bool Moved(AidContent content, int? row, string? was) =>
        row is { } at && content.Members.ElementAtOrDefault(at)?.Name != was;

    private static Refusal Stale => new("aid.row-moved", RefusalKind.Stale);

    /// <summary>What is wrong with this member; null = nothing is.</summary>
    private static Refusal? HereOf(Refusal? refusal, int row) =>
        Refusal.Of([
            .. FormErrors
                .Each(refusal)
                .Select(r => (Refusal: r, At: MemberForm.At(r.Field, row)))
                .Where(r => r.At is not null)
                .Select(r => r.Refusal with { Field = r.At }),
        ]);

    private async Task LookUpAsync(string name, CancellationToken cancellation) =>
        _same =
            Typed.One("member.colleague") == "yes"
                ? await links.NamedAsync(name, Application.ApplicantId, Today, cancellation)
                : [];

    private async Task<IActionResult?> LoadAsync(CancellationToken cancellation)
    {
        if (await OpenAsync(cancellation) is { } no)
            return no;
        if (Name == "new")
            return null;
        if (
            !int.TryParse(Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number < 1
            // What was typed into a row that is gone is shown again, and says so.
            || (number > Said.Members.Length && HttpMethods.IsGet(Request.Method))
        )
            return NotFound();
        _row = number - 1;
        Saved = Said.Members.ElementAtOrDefault(number - 1);
        return null;
    }

    private async Task<IActionResult> RefuseAsync(Refusal refusal, CancellationToken cancellation)
    {
        _refusal = refusal;
        await drafts.SaveAsync(User.MemberId(), Draft, Typed.With(Secret), cancellation);
        return Again(refusal);
    }
}
