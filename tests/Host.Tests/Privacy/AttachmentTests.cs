using EduUnion.Domain;
using EduUnion.Host.Attachments;
using EduUnion.Host.Cases;
using EduUnion.Host.Journal;
using EduUnion.Host.Motions;
using EduUnion.Host.Tests.Cases;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Privacy;

public sealed class AttachmentTests
{
    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task AFile_IsKeptOnceForOneKey_ReadByItsCaseAlone_AndErased(Provider provider)
    {
        await using var played = await PlayedCase.UnderReviewAsync(provider);
        var author = Samples.Author(played);
        var stranger = played.Town["提案人乙"].Id;

        var added = await Samples.AddAsync(played, Samples.Jpeg, @"C:\照片\病\u0007历:1.HEIC", key: "one");
        var again = await Samples.AddAsync(played, Samples.Jpeg, @"C:\照片\病\u0007历:1.HEIC", key: "one");

        Assert.Equal(added.Value, again.Value);
        var line = Assert.Single(await ReadableAsync(played, author));
        Assert.Equal(("image/jpeg", Samples.Jpeg.Length), (line.ContentType, line.Size));
        Assert.EndsWith(".jpg", line.Name);
        Assert.Empty(await ReadableAsync(played, stranger));
        Assert.Equal(Samples.Jpeg, (await OpenAsync(played, added.Value, author))!.Content);
        Assert.Null(await OpenAsync(played, added.Value, stranger));
        Assert.Equal("attachment.unknown", (await RemoveAsync(played, added.Value, stranger)).Refusal?.Code);

        Assert.True((await RemoveAsync(played, added.Value, author)).IsOk);
        Assert.True((await RemoveAsync(played, added.Value, author)).IsOk);
        Assert.Null(await OpenAsync(played, added.Value, author));
        line = Assert.Single(await ReadableAsync(played, author));
        Assert.Null(line.Name);
        Assert.NotNull(line.PurgedAt);
        var acts = await played.ReadAsync(db =>
            db.Set<JournalLine>()
                .Where(l => l.Act.StartsWith("attachment."))
                .OrderBy(l => l.Sequence)
                .Select(l => l.Act)
                .ToListAsync()
        );
        Assert.Equal(["attachment.add", "attachment.remove", "attachment.remove"], acts);
        var proof = await played.WithAsync<JournalProof, ProofReport>(p => p.ProveAsync(played.Id, default));
        Assert.Empty(proof.Broken);
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task Refusals_HaveTheirReasons(Provider provider)
    {
        await using var played = await PlayedCase.UnderReviewAsync(provider);

        Assert.Equal("attachment.empty", (await Samples.AddAsync(played, [])).Refusal?.Code);
        Assert.Equal("attachment.kind", (await Samples.AddAsync(played, "<html>%PDF-"u8.ToArray())).Refusal?.Code);
        Assert.Equal(
            "attachment.proof-unknown",
            (await Samples.AddAsync(played, Samples.Pdf(), proof: "")).Refusal?.Code
        );
        var big = Samples.Pdf(new string(' ', 10 * 1024 * 1024));
        Assert.Equal("attachment.too-big", (await Samples.AddAsync(played, big)).Refusal?.Code);
        var stranger = await Samples.AddAsync(played, Samples.Pdf(), by: played.Town["提案人乙"].Id);
        Assert.Equal("case.unknown", stranger.Refusal?.Code);

        for (var i = 0; i < 10; i++)
            Assert.True((await Samples.AddAsync(played, Samples.Pdf($"{i}"))).IsOk);
        Assert.Equal("attachment.too-many", (await Samples.AddAsync(played, Samples.Pdf())).Refusal?.Code);
        // Another proof of the same case has places of its own, for those who work on it.
        var voter = played.Town["委员甲"].Id;
        Assert.True((await Samples.AddAsync(played, Samples.Pdf(), by: voter, proof: MotionDocuments.Handling)).IsOk);
        foreach (var who in new[] { "提案人", "附议人甲" })
            Assert.Equal(
                "attachment.not-yours",
                (
                    await Samples.AddAsync(
                        played,
                        Samples.Pdf(),
                        by: played.Town[who].Id,
                        proof: MotionDocuments.Handling
                    )
                )
                    .Refusal
                    ?.Code
            );
        Assert.DoesNotContain(
            await ReadableAsync(played, Samples.Author(played)),
            f => f.Proof == MotionDocuments.Handling
        );
        Assert.Contains(await ReadableAsync(played, voter), f => f.Proof == MotionDocuments.Handling);
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task TheLastPlace_IsTakenByOneOfTwo(Provider provider)
    {
        await using var played = await PlayedCase.UnderReviewAsync(provider);
        for (var i = 0; i < 9; i++)
            await Samples.AddAsync(played, Samples.Pdf($"{i}"));

        var both = await Task.WhenAll(
            Samples.AddAsync(played, Samples.Pdf("甲")),
            Samples.AddAsync(played, Samples.Pdf("乙"))
        );

        Assert.Single(both, a => a.IsOk);
        Assert.Single(both, a => a.Refusal?.Code == "attachment.too-many");
    }

    [Theory]
    [InlineData("%PDF-1.4\n…\n%%EOF", "application/pdf")]
    [InlineData("%PDF-1.4\n… cut off", null)]
    [InlineData("\u00ff\u00d8\u00ff\u00e0…\u00ff\u00d9 and what the camera adds", "image/jpeg")]
    [InlineData("\u00ff\u00d8\u00ff\u00e0… cut off", null)]
    [InlineData("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR…………\0\0\0\0IEND\u00ae\u0042\u0060\u0082", "image/png")]
    [InlineData("\u0089PNG\r\n\u001a\n", null)]
    [InlineData("GIF89a", null)]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>", null)]
    [InlineData("PK\u0003\u0004", null)]
    public void Kinds_AreRecognisedByContent(string file, string? type) =>
        Assert.Equal(type, FileKind.Of(System.Text.Encoding.Latin1.GetBytes(file))?.ContentType);

    private static Task<IReadOnlyList<AttachmentLine>> ReadableAsync(PlayedCase played, Guid member) =>
        played.WithAsync<AttachmentBook, IReadOnlyList<AttachmentLine>>(b =>
            b.ReadableAsync(played.Id, member, default)
        );

    private static Task<OpenedFile?> OpenAsync(PlayedCase played, Guid id, Guid member) =>
        played.WithAsync<AttachmentBook, OpenedFile?>(b => b.OpenAsync(id, member, default));

    private static Task<Outcome<Guid>> RemoveAsync(PlayedCase played, Guid id, Guid member) =>
        played.WithAsync<AttachmentCommands, Outcome<Guid>>(c => c.RemoveAsync(id, new Asker(member), default));
}
