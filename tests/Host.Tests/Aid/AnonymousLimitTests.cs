using System.Net;
using EduUnion.Domain;
using EduUnion.Host.Aid;
using Microsoft.Extensions.Time.Testing;

namespace EduUnion.Host.Tests.Aid;

/// <summary>How many anonymous objections one address may file.</summary>
public sealed class AnonymousLimitTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 9, 1, 0, 0, TimeSpan.Zero));

    [Fact]
    public void ManyAtOnce_AreNotMore()
    {
        var limit = new AnonymousLimit(_time);
        var notice = Guid.CreateVersion7();
        var taken = 0;
        Parallel.For(
            0,
            AnonymousLimit.PerDay * 10,
            _ =>
            {
                if (limit.TryTake(notice, IPAddress.Loopback))
                    Interlocked.Increment(ref taken);
            }
        );
        Assert.Equal(AnonymousLimit.PerDay, taken);
    }

    [Fact]
    public async Task WhatCameToNothing_CountsForNothing()
    {
        var limit = new AnonymousLimit(_time);
        var notice = Guid.CreateVersion7();
        foreach (var _ in Enumerable.Range(0, AnonymousLimit.PerDay * 2))
        {
            var refused = await FileAsync(() => Task.FromResult<Outcome<int>>(Refusal.Because("form.required")));
            Assert.Equal("form.required", refused.Refusal!.Code);
            await Assert.ThrowsAsync<IOException>(() => FileAsync(() => throw new IOException()));
        }
        foreach (var _ in Enumerable.Range(0, AnonymousLimit.PerDay))
            Assert.True((await FileAsync(() => Task.FromResult<Outcome<int>>(1))).IsOk);
        Assert.Equal("objection.too-many", (await FileAsync(() => Task.FromResult<Outcome<int>>(1))).Refusal!.Code);

        Task<Outcome<int>> FileAsync(Func<Task<Outcome<int>>> file) =>
            limit.FileAsync(notice, IPAddress.Loopback, file);
    }

    [Fact]
    public void CountsByNoticeAddressAndDay()
    {
        var limit = new AnonymousLimit(_time);
        var notice = Guid.CreateVersion7();
        foreach (var _ in Enumerable.Range(0, AnonymousLimit.PerDay))
            Assert.True(limit.TryTake(notice, IPAddress.Parse("2001:db8::1")));
        Assert.False(limit.TryTake(notice, IPAddress.Parse("2001:db8::2")));
        Assert.True(limit.TryTake(notice, IPAddress.Parse("2001:db9::1")));
        Assert.True(limit.TryTake(Guid.CreateVersion7(), IPAddress.Parse("2001:db8::1")));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.True(limit.TryTake(notice, IPAddress.Parse("2001:db8::1")));
    }
}
