using System.Globalization;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Aid;

/// <summary>The last number given out of a school's yearly series.</summary>
internal sealed class AidCounter
{
    public required Guid SchoolId { get; init; }

    /// <summary><c>BF</c> for applications, <c>DA</c> for files.</summary>
    public required string Series { get; init; }
    public required int Year { get; init; }
    public required int Last { get; init; }

    /// <summary><c>BF-{school code}-{year}-{seq4}</c>; the counter's row is locked until the transaction ends.</summary>
    public static async Task<string> NextAsync(
        EduUnionDb db,
        Guid school,
        string code,
        string series,
        int year,
        CancellationToken cancellation
    )
    {
        var taken = await db.Set<AidCounter>()
            .FromSql(
                $"""
                INSERT INTO aid_counters (school_id, series, year, last) VALUES ({school}, {series}, {year}, 1)
                ON CONFLICT (school_id, series, year) DO UPDATE SET last = aid_counters.last + 1 RETURNING *
                """
            )
            .AsNoTracking()
            .ToListAsync(cancellation);
        return string.Create(CultureInfo.InvariantCulture, $"{series}-{code}-{year}-{taken.Single().Last:0000}");
    }

    internal sealed class Mapping : IEntityTypeConfiguration<AidCounter>
    {
        public void Configure(EntityTypeBuilder<AidCounter> builder)
        {
            builder.ToTable("aid_counters");
            builder.HasKey(c => new
            {
                c.SchoolId,
                c.Series,
                c.Year,
            });
            builder.Property(c => c.Series).HasMaxLength(4);
        }
    }
}
