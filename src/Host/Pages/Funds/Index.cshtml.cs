using EduUnion.Domain.Calendar;
using EduUnion.Host.Funds;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;

namespace EduUnion.Host.Pages.Funds;

/// <summary>The funds of a year with what is left of them, and what waits for the chair.</summary>
[Authorize(Policies.Funds)]
public sealed class IndexModel(FundAccess access, FundBook book, Texts texts, TimeProvider time)
    : FundPage(access, book, texts)
{
    public int Year { get; private set; }
    public IReadOnlyList<Tab> Years { get; private set; } = [];
    public IReadOnlyList<FundItem> Items { get; private set; } = [];
    public IReadOnlyList<OrderItem> Orders { get; private set; } = [];

    public async Task OnGetAsync(int? year, CancellationToken cancellation)
    {
        await LookAsync(cancellation);
        Year = year ?? ChinaTime.DateOf(time.GetUtcNow()).Year;
        var years = await Book.YearsAsync(Sight, cancellation);
        Years = [.. years.Append(Year).Distinct().OrderDescending().Select(Tab)];
        Items = await Book.ListAsync(Sight, Year, cancellation);
        Orders = await Book.OrdersAsync(Sight, null, cancellation);
    }

    private Tab Tab(int year) => new(Words["funds.year", year], $"?year={year}", year == Year);
}
