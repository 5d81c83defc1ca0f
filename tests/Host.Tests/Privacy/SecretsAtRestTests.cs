using System.Text;
using EduUnion.Host.Attachments;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using EduUnion.Host.Tests.Cases;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Privacy;

/// <summary>Nothing sensitive lies in clear in a database, a mail or a file.</summary>
public sealed class SecretsAtRestTests
{
    private const string Number = "32010619900101123X";
    private const string Diagnosis = "慢性肾功能衰竭";

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task DraftsFilesAndReasons_AreNowhereInClear(Provider provider)
    {
        await using var played = await PlayedCase.UnderReviewAsync(
            provider,
            s =>
            {
                Samples.Sensitive(s);
                Samples.Drafts(s);
            }
        );
        var author = Samples.Author(played);
        var typed = Typed.Nothing.With("identity", Number).With("diagnosis", Diagnosis);
        await played.WithAsync<DraftBook, DateTimeOffset>(d => d.SaveAsync(author, "aid-new", typed, default));
        await played.WithAsync<DraftBook, DateTimeOffset>(d => d.SaveAsync(author, "motion-new-x", typed, default));
        await Samples.AddAsync(played, Samples.Pdf($"{Diagnosis} {Number}"), $"{Diagnosis}.pdf");
        var unmasked = await played.WithAsync<UnmaskCommands, bool>(async u =>
            (
                await u.UnmaskAsync(
                    played.Id,
                    "grounds",
                    ViewPurpose.Check,
                    $"核对{Number}",
                    new Asker(author),
                    default
                )
            ).IsOk
        );

        Assert.True(unmasked);
        await played.ReadAsync(async db =>
        {
            await Secrets.AssertNowhereAsync(db, played.DataDirectory, Number, Diagnosis);
            return true;
        });
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task WhatLiesInClear_IsFoundInEveryForm_Canary(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var db = database.Open();
        var member = await SomeMember.AddAsync(db);
        foreach (
            var (form, content) in new[]
            {
                ("clear", Diagnosis),
                ("json", $"\"{string.Concat(Diagnosis.Select(c => $"\\u{(int)c:x4}"))}\""),
                ("base64", Convert.ToBase64String(Encoding.UTF8.GetBytes($"x{Diagnosis}yy"))),
                ("hex", Convert.ToHexString(Encoding.UTF8.GetBytes(Diagnosis))),
                ("sealed", new Vault(KeyRingTests.Load(database)).Seal("nothing", "here")),
            }
        )
            db.Add(
                new Draft
                {
                    MemberId = member,
                    Form = form,
                    Content = content,
                    SavedAt = DateTimeOffset.UnixEpoch,
                }
            );
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(database.DataDirectory, "log.txt"),
            Uri.EscapeDataString(Diagnosis),
            TestContext.Current.CancellationToken
        );

        var found = await Secrets.FindAsync(db, database.DataDirectory, Diagnosis, Number);

        foreach (var form in new[] { "clear", "JSON", "base64", "hex" })
            Assert.Contains($"drafts.content holds 慢性… ({form})", found);
        Assert.Contains("log.txt holds 慢性… (URL)", found);
        Assert.DoesNotContain(found, f => f.Contains("32…", StringComparison.Ordinal));
    }

    /// <summary>Every property whose column somebody seals is known to the rotation; this finds one by its name.</summary>
    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task SealedPlaces_AreColumnsThatExist(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var db = database.Open();
        var columns = db
            .Model.GetEntityTypes()
            .SelectMany(t => t.GetProperties().Select(p => (Table: t.GetTableName(), Column: p.GetColumnName())))
            .Select(c => $"{c.Table}.{c.Column}")
            .ToHashSet();

        Assert.All(SealedPlaces.All, p => Assert.Contains(p.ToString(), columns));
        Assert.All(SealedPlaces.All, p => Assert.All(p.Key, k => Assert.Contains($"{p.Table}.{k}", columns)));
        Assert.Empty(Samples.SealedLooking(db.Model).Except(SealedPlaces.All.Select(p => p.ToString())));
    }
}
