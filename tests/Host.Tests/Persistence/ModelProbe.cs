using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace EduUnion.Host.Tests.Persistence;

/// <summary>
/// The real model and one table more, which no migration knows and whose name breaks the rule: the canary of the
/// tests that look at the model, and the carrier of what the real model happens not to have.
/// </summary>
internal sealed class ModelProbe(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
{
    public sealed class Row
    {
        public Guid Id { get; set; }
        public DayOfWeek Weekday { get; set; }
        public DayOfWeek? MaybeWeekday { get; set; }
        public DateTimeOffset At { get; set; }
        public DateTimeOffset? MaybeAt { get; set; }
        public DateOnly Day { get; set; }
    }

    public override void Customize(ModelBuilder model, DbContext context)
    {
        base.Customize(model, context);
        model.Entity<Row>().ToTable("BadName");
    }

    /// <summary>A context that is never opened.</summary>
    public static EduUnionDb Open(Provider provider, bool withProbe)
    {
        if (provider is Provider.Sqlite)
        {
            var sqlite = new DbContextOptionsBuilder<SqliteDb>();
            SqliteDb.Use(sqlite, "Data Source=:memory:");
            return new SqliteDb(Customized(sqlite, withProbe).Options);
        }

        var postgres = new DbContextOptionsBuilder<PostgresDb>();
        PostgresDb.Use(postgres, NpgsqlDataSource.Create("Host=nowhere"));
        return new PostgresDb(Customized(postgres, withProbe).Options);
    }

    private static T Customized<T>(T options, bool withProbe)
        where T : DbContextOptionsBuilder
    {
        if (withProbe)
            options.ReplaceService<IModelCustomizer, ModelProbe>();
        return options;
    }
}
