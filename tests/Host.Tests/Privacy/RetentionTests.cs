using EduUnion.Host.Attachments;
using EduUnion.Host.Cases;
using EduUnion.Host.Journal;
using EduUnion.Host.Retention;
using EduUnion.Host.Tests.Cases;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Privacy;

public sealed class RetentionTests
{
    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task ThreeYearsAfterClosing_FilesAndTextsAreErasedOnce_AndTheChainStillProves(Provider provider)
    {
        await using var played = await PlayedCase.UnderReviewAsync(provider, Samples.Sensitive);
        await Samples.AddAsync(played, Samples.Pdf("甲"));
        await Samples.AddAsync(played, Samples.Pdf("乙"));
        var closed = played.Now;
        await CloseAsync(played, closed);

        played.Stage.Time.MoveTo(closed.AddYears(3).AddMinutes(-1));
        Assert.Equal(0, await SweepAsync(played));
        Assert.All(await FilesAsync(played), f => Assert.NotNull(f.Content));

        played.Stage.Time.MoveTo(closed.AddYears(3));
        Assert.Equal(1, await SweepAsync(played));
        Assert.Equal(0, await SweepAsync(played));

        var files = await FilesAsync(played);
        Assert.Equal(2, files.Count);
        Assert.All(files, f => Assert.True(f is { Content: null, Name: null, PurgedAt: not null, Size: > 0 }));
        var lines = await played.ReadAsync(db =>
            db.Set<JournalLine>().AsNoTracking().OrderBy(l => l.Sequence).ToListAsync()
        );
        Assert.All(lines, l => Assert.Equal(l.Act == "motion.start", l.Private is null));
        Assert.Equal("retention.erase", lines[^1].Act);
        var proof = await played.WithAsync<JournalProof, ProofReport>(p => p.ProveAsync(null, default));
        Assert.Empty(proof.Broken);
        var report = await played.WithAsync<RetentionBook, RetentionReport>(b => b.ReportAsync(default));
        var run = Assert.Single(report.Runs);
        Assert.Equal((0, 1), (report.Closed, report.Erased));
        Assert.Equal((1, 2, 1), (run.Cases, run.Attachments, run.Texts));
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task TwoRunsAtOnce_EraseOnce_AndKindsWithoutSensitiveDataAreLeftAlone(Provider provider)
    {
        await using var played = await PlayedCase.UnderReviewAsync(provider, Samples.Sensitive);
        await CloseAsync(played, played.Now.AddYears(-4));
        await using var plain = await PlayedCase.UnderReviewAsync(provider);
        await CloseAsync(plain, plain.Now.AddYears(-4));

        var erased = await Task.WhenAll(SweepAsync(played), SweepAsync(played));

        Assert.Equal(1, erased.Sum());
        Assert.Equal(0, await SweepAsync(plain));
        var before = await plain.WithAsync<RetentionBook, RetentionReport>(b => b.ReportAsync(default));
        Assert.Equal((0, 0), (before.Closed, before.Erased));
    }

    private static Task<int> CloseAsync(PlayedCase played, DateTimeOffset at) =>
        played.ReadAsync(db =>
            db.Set<CaseRow>().ExecuteUpdateAsync(c => c.SetProperty(x => x.ClosedAt, (DateTimeOffset?)at))
        );

    private static Task<int> SweepAsync(PlayedCase played) =>
        played.WithAsync<RetentionSweep, int>(s => s.RunAsync(TestContext.Current.CancellationToken));

    private static Task<List<Attachment>> FilesAsync(PlayedCase played) =>
        played.ReadAsync(db => db.Set<Attachment>().AsNoTracking().ToListAsync());
}
