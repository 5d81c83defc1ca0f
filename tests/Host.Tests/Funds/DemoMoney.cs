using EduUnion.Domain;
using EduUnion.Domain.Funds;
using EduUnion.Host.Cases;
using EduUnion.Host.Funds;
using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Funds;

/// <summary>Money in the demonstration district of a running program: two funds, claims of its people, lists.</summary>
internal sealed class DemoMoney(Running running)
{
    public static readonly int Year = EduUnion.Host.Tests.Seeds.Demo.Today.Year;

    public static Guid Member(string login) => DemoDistrict.MemberId(login);

    public async Task<Guid> OpenFundAsync(string code, string name, long yuan)
    {
        var id = Guid.CreateVersion7();
        Cashbox.Ok(
            await WithAsync<FundCommands, Outcome<Guid>>(c =>
                c.OpenAsync(
                    id,
                    new(DemoDistrict.DistrictId, Year, FundKind.UnionMoney, code, name),
                    By("qujingban"),
                    default
                )
            )
        );
        var order = await ProposeAsync(id, new(OrderKind.Opening, Money.Yuan(yuan), "年初结余"));
        Cashbox.Ok(
            await WithAsync<FundCommands, Outcome<OrderDone>>(c => c.ApproveAsync(order, By("quzhuxi"), default))
        );
        return id;
    }

    public async Task<Guid> ProposeAsync(Guid fund, FundProposal proposal) =>
        Cashbox
            .Ok(
                await WithAsync<FundCommands, Outcome<OrderDone>>(c =>
                    c.ProposeAsync(fund, proposal, By("qujingban"), default)
                )
            )
            .OrderId;

    /// <summary>A case without a process, with a claim; the claim's id.</summary>
    public async Task<Guid> ClaimAsync(Guid fund, string login, long yuan, string number)
    {
        var now = running.Time.GetUtcNow();
        var school = DemoDistrict.OrganisationId("YXZX");
        var row = new CaseRow
        {
            Id = Guid.CreateVersion7(),
            Kind = "aid",
            SchoolId = school,
            StarterId = Member(login),
            RulesAt = now,
            OpenedAt = now,
        };
        await running.InDatabaseAsync(async db =>
        {
            db.Add(row);
            await db.SaveChangesAsync();
        });
        await using var scope = running.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EduUnionDb>();
        await using var transaction = await db.BeginWriteAsync(default);
        var said = await scope
            .ServiceProvider.GetRequiredService<ClaimBook>()
            .ReserveAsync(
                new(
                    row.Id,
                    fund,
                    Member(login),
                    school,
                    number,
                    $"DA-YXZX-{Year}-0001",
                    "illness",
                    Money.Yuan(yuan),
                    Year,
                    "收款人",
                    "某银行云溪支行",
                    Cashbox.Account
                ),
                _ => true,
                now,
                default
            );
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        running.Time.Advance(TimeSpan.FromMinutes(1));
        return said switch
        {
            Reservation.Reserved held => held.ClaimId,
            Reservation.Waiting waits => waits.ClaimId,
            _ => throw new InvalidOperationException($"{said}"),
        };
    }

    public async Task<Guid> MakeAsync(Guid fund, params Guid[] claims) =>
        Cashbox
            .Ok(
                await WithAsync<PaymentCommands, Outcome<BatchDone>>(c =>
                    c.MakeAsync(fund, claims, By("caiwu1"), default)
                )
            )
            .BatchId;

    public async Task ReleaseAsync(Guid batch) =>
        Cashbox.Ok(
            await WithAsync<PaymentCommands, Outcome<BatchDone>>(c => c.ReleaseAsync(batch, By("caiwu2"), default))
        );

    public async Task ResultAsync(Guid batch, params BankResult[] results) =>
        Cashbox.Ok(
            await WithAsync<BankResults, Outcome<ResultsDone>>(c =>
                c.TakeAsync(batch, results, true, By("caiwu1"), default)
            )
        );

    public async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> act)
        where TService : notnull
    {
        running.Time.Advance(TimeSpan.FromSeconds(1));
        await using var scope = running.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    private static Asker By(string login) => new(Member(login));
}
