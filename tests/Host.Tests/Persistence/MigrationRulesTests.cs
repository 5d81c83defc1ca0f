using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduUnion.Host.Tests.Persistence;

/// <summary>Nodes are changed one after the other: what a migration does must suit the program of the release before.</summary>
public sealed class MigrationRulesTests
{
    private const string First = "Initial";

    /// <summary>Every migration that takes something away, and the release whose program uses none of it any more.</summary>
    private static readonly Dictionary<string, string> After = [];

    private static string[] Kept { get; } =
    [
        .. Directory
            .EnumerateDirectories(Path.Combine(Repository.Root, "tests", "Faults", "Releases"))
            .Select(d => Path.GetFileName(d)),
    ];

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public void Migrations_OnlyAdd_UnlessOlderProgramsAreOver(Provider provider)
    {
        using var db = ModelProbe.Open(provider, withProbe: false);
        var all = db.GetService<IMigrationsAssembly>().Migrations;
        Assert.EndsWith(First, all.Keys.Order(StringComparer.Ordinal).First());
        Assert.Equal(
            "",
            string.Join(
                '\n',
                all.Where(m => !m.Key.EndsWith($"_{First}", StringComparison.Ordinal))
                    .SelectMany(m =>
                        MigrationRules.Broken(
                            m.Key,
                            (Migration)Activator.CreateInstance(m.Value.AsType())!,
                            After,
                            Kept
                        )
                    )
            )
        );
    }

    /// <summary>One of each on both databases, in the same order.</summary>
    [Fact]
    public void BothDatabases_HaveTheSameMigrations()
    {
        var names = Enum.GetValues<Provider>()
            .Select(provider =>
            {
                using var db = ModelProbe.Open(provider, withProbe: false);
                return db.Database.GetMigrations().Select(id => id.Split('_', 2)[1]).ToList();
            })
            .ToList();
        Assert.NotEmpty(names[0]);
        Assert.Equal(names[0], names[1]);
    }

    [Fact]
    public void WhatAdds_Narrows_OrIsNotListed_IsToldApart_Canary()
    {
        Assert.Empty(Broken("20990101000000_Adding", new Adding()));
        Assert.Equal(
            [
                "20990101000000_Taking requires tasks.rank, which an older program does not write: an older program beside it breaks",
                "20990101000000_Taking allows only one of each tasks (name): an older program beside it breaks",
                "20990101000000_Taking drops cases.title: an older program beside it breaks",
                "20990101000000_Taking renames cases.kind: an older program beside it breaks",
                "20990101000000_Taking changes cases.state: an older program beside it breaks",
                "20990101000000_Taking drops drafts: an older program beside it breaks",
                "20990101000000_Taking says DELETE FROM drafts: an older program beside it breaks",
                "20990101000000_Taking allows more than one by ix_mails_member: an older program beside it breaks",
            ],
            Broken("20990101000000_Taking", new Taking())
        );
        Assert.EndsWith(
            "not listed with the release that can do without",
            Assert.Single(Broken("20990101000000_NarrowCases", new Taking()))
        );
        Assert.EndsWith("never released", Assert.Single(Broken("20990101000000_NarrowTasks", new Taking())));
        Assert.Empty(Broken("20990101000000_NarrowDrafts", new Taking()));
        Assert.Contains("only adds", Assert.Single(Broken("20990101000000_NarrowDrafts", new Adding())));
    }

    private static IEnumerable<string> Broken(string id, Migration migration) =>
        MigrationRules.Broken(
            id,
            migration,
            new Dictionary<string, string>
            {
                ["20990101000000_NarrowTasks"] = "2098-12",
                ["20990101000000_NarrowDrafts"] = Kept[0],
            },
            Kept
        );

    private sealed class Adding : Migration
    {
        protected override void Up(MigrationBuilder migration)
        {
            migration.AddColumn<string>("note", "cases", nullable: true);
            migration.AddColumn<int>("rank", "tasks", nullable: false, defaultValue: 0);
            migration.CreateIndex("ix_tasks_rank", "tasks", "rank");
            migration.CreateTable("things", table => new { id = table.Column<Guid>(nullable: false) });
            migration.CreateIndex("ix_things_id", "things", "id", unique: true);
            migration.DropIndex("ix_tasks_name", "tasks");
        }

        protected override void Down(MigrationBuilder migration) =>
            migration.CreateIndex("ix_tasks_name", "tasks", "name");
    }

    private sealed class Taking : Migration
    {
        protected override void Up(MigrationBuilder migration)
        {
            migration.AddColumn<int>("rank", "tasks", nullable: false);
            migration.CreateIndex("ix_tasks_name", "tasks", "name", unique: true);
            migration.DropColumn("title", "cases");
            migration.RenameColumn("kind", "cases", "sort");
            migration.AlterColumn<int>("state", "cases");
            migration.DropTable("drafts");
            migration.Sql("DELETE FROM drafts");
            migration.DropIndex("ix_mails_member", "mails");
        }

        protected override void Down(MigrationBuilder migration) =>
            migration.CreateIndex("ix_mails_member", "mails", "member", unique: true);
    }
}
