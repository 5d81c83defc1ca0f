using EduUnion.Domain;
using EduUnion.Domain.Funds;
using EduUnion.Host.Funds;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Funds;

/// <summary>What a fund allows; empty = no limit of its own.</summary>
[Authorize(Policies.Funds)]
public sealed class LimitsModel(FundAccess access, FundBook book, FundCommands commands, Texts texts)
    : FundPage(access, book, texts)
{
    private static readonly string[] Names = ["perPayment", "perPerson", "perCause", "schoolLevel", "officerLevel"];

    private Dictionary<string, string?> _typed = [];

    [BindProperty]
    public int Seen { get; set; }

    public IEnumerable<Field> Fields =>
        Names.Select(name => new Field(name, Words["funds.limit." + name])
        {
            Value = _typed.GetValueOrDefault(name),
            Hint = Words["funds.limit." + name + ".hint"],
            Error = ErrorAt(name),
        });

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (!await FindAsync(id, cancellation))
            return NotFound();
        if (!IsOfficer)
            return Forbid();
        Seen = Fund.Version;
        var at = Fund.Limits;
        Money?[] kept = [at.PerPayment, at.PerPerson, at.PerCause, at.SchoolLevel, at.OfficerLevel];
        _typed = Names.Zip(kept).ToDictionary(k => k.First, k => k.Second?.ToString());
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellation)
    {
        if (!await FindAsync(id, cancellation))
            return NotFound();
        _typed = Names.ToDictionary(n => n, n => (string?)Request.Form[n]);
        var wrong = Names.Where(n => !string.IsNullOrWhiteSpace(_typed[n]) && Money.Parse(_typed[n]) is null).ToList();
        if (Refusal.Of([.. wrong.Select(n => Refusal.At(n, "fund.amount-unreadable"))]) is { } unreadable)
            return Again(unreadable);
        var limits = new FundLimits(At(0), At(1), At(2), At(3), At(4));
        var done = await commands.LimitAsync(id, limits, Seen, By, cancellation);
        if (!done.IsOk)
            return Again(done.Refusal);
        TempData.Say(Words["funds.limits.saved"]);
        return Redirect($"/funds/{id}");

        Money? At(int name) => Money.Parse(_typed[Names[name]]);
    }
}
