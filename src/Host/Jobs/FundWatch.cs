using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Funds;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Mail;
using EduUnion.Host.Organisations;
using EduUnion.Host.Parameters;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Jobs;

/// <summary>How full a fund is.</summary>
public enum FundLevel
{
    Enough,

    /// <summary>Below the share <c>fund.low_share</c>.</summary>
    Low,

    /// <summary>Nothing can be reserved any more.</summary>
    Exhausted,
}

/// <summary>The level of which people were told last; when it sinks again they are told again.</summary>
public sealed class WatchedFund
{
    public required Guid FundId { get; init; }
    public required FundLevel Level { get; set; }
    public required DateTimeOffset At { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<WatchedFund>
    {
        public void Configure(EntityTypeBuilder<WatchedFund> builder)
        {
            builder.ToTable("watched_funds");
            builder.HasKey(w => w.FundId);
            builder.Property(w => w.Level).HasConversion<string>().HasMaxLength(10);
            builder.HasOne<Fund>().WithOne().HasForeignKey<WatchedFund>(w => w.FundId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>
/// Tells the district and its finance office when a fund of this year runs low or out (domain §7, A10): once whenever its
/// level sinks, and again after it had been filled up. The fund's lock makes the level and what was told of it agree.
/// </summary>
public sealed class FundWatch(
    EduUnionDb db,
    RuleBook rules,
    OrganisationBook organisations,
    OutboxBell bell,
    TimeProvider time
) : IJob
{
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var year = ChinaTime.DateOf(now).Year;
        var funds = await (
            from fund in db.Set<Fund>().AsNoTracking()
            join watched in db.Set<WatchedFund>() on fund.Id equals watched.FundId into all
            from watched in all.DefaultIfEmpty()
            where fund.Year == year
            orderby fund.Id
            select new { Fund = fund, Told = watched == null ? FundLevel.Enough : watched.Level }
        ).ToListAsync(cancellation);
        var told = 0;
        foreach (var row in funds)
            if (await LevelAsync(row.Fund, now, cancellation) != row.Told)
                told += await WatchAsync(row.Fund.Id, now, cancellation);
        if (told > 0)
            bell.Ring();
        return told;
    }

    private async Task<int> WatchAsync(Guid id, DateTimeOffset now, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.BeginWriteAsync(cancellation);
        await db.LockFundAsync(id, cancellation);
        var fund = await db.Set<Fund>().AsNoTracking().SingleAsync(f => f.Id == id, cancellation);
        var watched = await db.Set<WatchedFund>().SingleOrDefaultAsync(w => w.FundId == id, cancellation);
        var before = watched?.Level ?? FundLevel.Enough;
        var level = await LevelAsync(fund, now, cancellation);
        if (level == before)
            return 0;
        if (watched is null)
            db.Add(
                new WatchedFund
                {
                    FundId = id,
                    Level = level,
                    At = now,
                }
            );
        else
            (watched.Level, watched.At) = (level, now);
        if (level > before)
            db.Add(Notice(fund, level, now));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return level > before ? 1 : 0;
    }

    private async Task<FundLevel> LevelAsync(Fund fund, DateTimeOffset now, CancellationToken cancellation)
    {
        var whole = fund.HasBudget ? fund.Balances.Budget : fund.Balances.Opening + fund.Balances.Income;
        // A fund that has not been given anything yet is not running out.
        if (whole <= Money.Zero)
            return FundLevel.Enough;
        if (fund.Free <= Money.Zero)
            return FundLevel.Exhausted;
        var (numerator, denominator) = (await rules.ForAsync(fund.OrganisationId, now, cancellation)).Fraction(
            "fund.low_share"
        );
        // Multiplied crosswise: money is never divided to be compared.
        return (decimal)fund.Free.Fen * denominator < (decimal)whole.Fen * numerator ? FundLevel.Low : FundLevel.Enough;
    }

    private Notice Notice(Fund fund, FundLevel level, DateTimeOffset now)
    {
        var owner = organisations.Find(fund.OrganisationId)!;
        var district = owner.Kind == OrganisationKind.School ? owner.ParentId!.Value : owner.Id;
        var to = NoticeRecipients
            .ToOffice(nameof(Office.DistrictOfficer), district)
            .And(NoticeRecipients.ToOffice(nameof(Office.Finance), district));
        var args = new Dictionary<string, string> { ["organisation"] = owner.Name, ["fund"] = fund.Name };
        var kind = level == FundLevel.Exhausted ? NoticeKind.FundExhausted : NoticeKind.FundLow;
        return Mail.Notice.Of(kind, null, to, args, $"/funds/{fund.Id}", now);
    }
}
