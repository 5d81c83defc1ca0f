using System.Text.RegularExpressions;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EduUnion.Host.Tests.Persistence;

public sealed partial class ModelTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public void Migrations_HoldTheWholeModel(Provider provider)
    {
        using var db = ModelProbe.Open(provider, withProbe: false);
        Assert.False(db.Database.HasPendingModelChanges(), "add a migration: docs/development.md");
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public void Canary_TableWithoutMigration_IsPending(Provider provider)
    {
        using var db = ModelProbe.Open(provider, withProbe: true);
        Assert.True(db.Database.HasPendingModelChanges());
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public void Names_AreSnakeCase(Provider provider)
    {
        using var db = ModelProbe.Open(provider, withProbe: false);
        Assert.Empty(NamesNotInSnakeCase(db));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public void Canary_OtherNames_AreFound(Provider provider)
    {
        using var db = ModelProbe.Open(provider, withProbe: true);
        Assert.Contains("BadName", NamesNotInSnakeCase(db));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public void Conventions_StoreEnumsAsTextAndInstantsInUtc(Provider provider)
    {
        using var db = ModelProbe.Open(provider, withProbe: true);
        var row = db.Model.FindEntityType(typeof(ModelProbe.Row))!;
        var (text, instant, day) =
            provider is Provider.Sqlite ? ("TEXT", "TEXT", "TEXT") : ("text", "timestamp with time zone", "date");

        Assert.Equal(text, ColumnType(row, nameof(ModelProbe.Row.Weekday)));
        Assert.Equal(text, ColumnType(row, nameof(ModelProbe.Row.MaybeWeekday)));
        Assert.Equal(instant, ColumnType(row, nameof(ModelProbe.Row.At)));
        Assert.Equal(instant, ColumnType(row, nameof(ModelProbe.Row.MaybeAt)));
        Assert.Equal(day, ColumnType(row, nameof(ModelProbe.Row.Day)));
    }

    private static string ColumnType(IEntityType row, string property) => row.FindProperty(property)!.GetColumnType();

    private static IEnumerable<string> NamesNotInSnakeCase(EduUnionDb db) =>
        from table in db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables
        from name in new[] { table.Name }
            .Concat(table.Columns.Select(c => c.Name))
            .Concat(table.Indexes.Select(i => i.Name))
            .Concat(table.UniqueConstraints.Select(u => u.Name))
            .Concat(table.ForeignKeyConstraints.Select(f => f.Name))
        where !SnakeCase().IsMatch(name)
        select name;

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex SnakeCase();
}
