using System.Reflection;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Internal;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Faults;

/// <summary>This program as its next release may be: one migration more, which adds what a rolling change allows.</summary>
internal static class LaterProgram
{
    public const string Added = "20990101000000_LaterColumns";

    public static void Change(IServiceCollection services) =>
        services.ConfigureDbContext<PostgresDb>(options => options.ReplaceService<IMigrationsAssembly, WithLater>());

    /// <summary>A column that may be empty, one that may not, a table, and an index, where every step reads and writes.</summary>
    [Migration(Added)]
    public sealed class LaterColumns : Migration
    {
        protected override void Up(MigrationBuilder migration)
        {
            migration.AddColumn<string>("later_note", "cases", "text", nullable: true);
            migration.AddColumn<int>("later_rank", "tasks", "integer", nullable: false, defaultValue: 7);
            migration.AddColumn<int>("later_rank", "journal", "integer", nullable: false, defaultValue: 7);
            migration.CreateTable(
                "later_things",
                table => new { id = table.Column<Guid>("uuid"), text = table.Column<string>("text") },
                constraints: table => table.PrimaryKey("pk_later_things", t => t.id)
            );
            migration.CreateIndex("ix_tasks_later_rank", "tasks", "later_rank");
        }
    }

#pragma warning disable EF1001 // There is no public way to give a program a migration from elsewhere.
    private sealed class WithLater(
        ICurrentDbContext context,
        IDbContextOptions options,
        IMigrationsIdGenerator ids,
        IDiagnosticsLogger<DbLoggerCategory.Migrations> logger
    ) : MigrationsAssembly(context, options, ids, logger)
    {
        public override IReadOnlyDictionary<string, TypeInfo> Migrations { get; } =
            new SortedDictionary<string, TypeInfo>(
                new MigrationsAssembly(context, options, ids, logger).Migrations.ToDictionary()
            )
            {
                [Added] = typeof(LaterColumns).GetTypeInfo(),
            };
    }
#pragma warning restore EF1001
}
