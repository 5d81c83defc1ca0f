using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Parameters;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Aid;

/// <summary>
/// A public notice (公示) as it is shown: the only thing of aid that is public and stands in plain columns. An internal one
/// shows nothing here; whoever may see it reads the case.
/// </summary>
public sealed class NoticeRow
{
    public required Guid Id { get; init; }
    public required Guid CaseId { get; init; }
    public required Guid SchoolId { get; init; }
    public required int Round { get; init; }
    public required string Number { get; init; }
    public required bool Internal { get; set; }

    /// <summary>Masked; empty when internal, as are school, cause and amount.</summary>
    public required string Name { get; set; }
    public required string School { get; set; }

    /// <summary><c>CauseGroup</c> by name.</summary>
    public required string Cause { get; set; }

    /// <summary>Yuan, or <c>1000-5000</c> for a band, <c>5000-</c> for the highest.</summary>
    public required string Amount { get; set; }
    public required DateOnly From { get; init; }

    /// <summary>Last day, to 24:00.</summary>
    public required DateOnly Through { get; set; }
    public required string Contact { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public DateTimeOffset? TakenDownAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<NoticeRow>
    {
        public void Configure(EntityTypeBuilder<NoticeRow> builder)
        {
            builder.ToTable("aid_notices");
            builder.Property(n => n.Id).ValueGeneratedNever();
            builder.HasOne<CaseRow>().WithMany().HasForeignKey(n => n.CaseId);
            builder.HasIndex(n => new { n.CaseId, n.Round }).IsUnique();
            builder
                .HasIndex(n => new { n.SchoolId, n.Through })
                .HasFilter("taken_down_at IS NULL")
                .HasDatabaseName("ix_aid_notices_up");
        }
    }
}

/// <summary>The notices that are up; changed inside the case's step.</summary>
public sealed class NoticeBoard(EduUnionDb db)
{
    /// <summary>The retention takes out who it was about, masked as it is.</summary>
    public Task<int> ForgetAsync(Guid caseId, CancellationToken cancellation) =>
        db.Set<NoticeRow>()
            .Where(n => n.CaseId == caseId)
            .ExecuteUpdateAsync(n => n.SetProperty(x => x.Name, ""), cancellation);

    /// <summary>Everything that may be shown to anybody now.</summary>
    public IQueryable<NoticeRow> Up => db.Set<NoticeRow>().Where(n => n.TakenDownAt == null);

    /// <summary>Shows what the aggregate says of its last notice: puts it up, moves its end, takes it down.</summary>
    public async Task ShowAsync(
        AidApplication application,
        Rules rules,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        foreach (var notice in application.Notices)
        {
            var row =
                db.Set<NoticeRow>().Local.FirstOrDefault(n => n.CaseId == application.Id && n.Round == notice.Round)
                ?? await db.Set<NoticeRow>()
                    .FirstOrDefaultAsync(n => n.CaseId == application.Id && n.Round == notice.Round, cancellation);
            if (row is null)
                db.Add(row = RowOf(application, notice, rules, now));
            row.Through = notice.Through;
            row.TakenDownAt ??= notice.EndedAt;
            if (notice.Internal)
                (row.Internal, row.Name, row.School, row.Cause, row.Amount) = (true, "", "", "", "");
        }
    }

    private static NoticeRow RowOf(AidApplication application, PublicNotice notice, Rules rules, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            CaseId = application.Id,
            SchoolId = application.SchoolId,
            Round = notice.Round,
            Number = notice.Number,
            Internal = notice.Internal,
            Name = notice.Internal ? "" : notice.Name,
            School = notice.Internal ? "" : notice.School,
            Cause = notice.Internal ? "" : notice.Cause.ToString(),
            Amount = notice.Internal ? "" : AmountOf(notice.Amount, rules),
            From = notice.From,
            Through = notice.Through,
            Contact = notice.Contact,
            PublishedAt = now,
        };

    /// <summary>As it is published: the amount, or the band in which it lies (<c>notice.amount</c>).</summary>
    internal static string AmountOf(Money amount, Rules rules)
    {
        if (rules.Text("notice.amount") == "EXACT")
            return amount.ToString();
        var (l1, l2) = (rules.Amount("approve.l1"), rules.Amount("approve.l2"));
        return amount <= l1 ? $"0-{l1.Fen / 100}"
            : amount <= l2 ? $"{l1.Fen / 100}-{l2.Fen / 100}"
            : $"{l2.Fen / 100}-";
    }
}
