using EduUnion.Domain.Funds;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.Funds;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Funds;

/// <summary>A page about money: what the member sees of it, and the fund of the address.</summary>
public abstract class FundPage(FundAccess access, FundBook book, Texts texts) : FormPage(texts)
{
    public FundSight Sight { get; private set; } = null!;
    public Fund Fund { get; private set; } = null!;

    public bool IsOfficer => Sight.Holds(Office.DistrictOfficer);
    public bool IsChair => Sight.Holds(Office.DistrictChair);
    public bool IsFinance => Sight.Holds(Office.Finance);

    protected FundBook Book => book;

    protected Asker By => new(Sight.MemberId);

    /// <summary>Given with the form, so that a form sent twice is answered once.</summary>
    [BindProperty]
    public string Key { get; set; } = $"{Guid.NewGuid()}";

    /// <summary>Who sends the form, with its key: the same again is answered as before, another text under it is refused.</summary>
    protected Asker ByForm => HttpContext.Asker(Typed.Of(Request.Form));

    protected async Task LookAsync(CancellationToken cancellation) =>
        Sight = await access.SightAsync(User.MemberId(), cancellation);

    /// <summary>False: there is no such fund for this member.</summary>
    protected async Task<bool> FindAsync(Guid id, CancellationToken cancellation)
    {
        await LookAsync(cancellation);
        if (await book.FindAsync(Sight, id, cancellation) is not { } fund)
            return false;
        Fund = fund;
        return true;
    }
}
