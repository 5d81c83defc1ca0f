using System.CommandLine;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;

namespace EduUnion.Host.CommandLine;

/// <summary>
/// <c>vault status</c>: which key sealed how much; exit 1 when something is sealed with a key that is missing.
/// <c>vault rotate</c>: a new key, and everything sealed again with it, also while the program serves; exit 1 when something could not
/// be read, which does not keep it from going on.
/// </summary>
internal static class VaultCommand
{
    public static Command Create(Shell shell)
    {
        var status = new Command("status", "Counts what is sealed, by place and key.");
        status.SetAction(
            (line, cancellation) =>
                shell.InScopeAsync(
                    line,
                    services => StatusAsync(services, line.InvocationConfiguration.Output, cancellation)
                )
        );
        var resume = new Option<bool>("--resume")
        {
            Description =
                "Makes no new key: goes on sealing with the current one, after a rotation that was interrupted.",
        };
        var rotate = new Command("rotate", "Makes a new key and seals everything again with it.") { resume };
        rotate.SetAction(
            (line, cancellation) =>
                shell.InScopeAsync(
                    line,
                    services =>
                        RotateAsync(services, line.GetValue(resume), line.InvocationConfiguration.Output, cancellation)
                )
        );
        return new Command("vault", "The keys of sensitive data.") { status, rotate };
    }

    internal static async Task<int> StatusAsync(
        IServiceProvider services,
        TextWriter output,
        CancellationToken cancellation
    )
    {
        var ring = services.GetRequiredService<KeyRing>();
        var counts = await services.GetRequiredService<Resealing>().CountAsync(cancellation);
        foreach (var key in ring.Keys)
        {
            var used = counts.Where(c => c.KeyId == key.Id).ToList();
            var what = key == ring.Current ? "current" : "old";
            await output.WriteLineAsync(
                $"key {key.Id} ({what}): {(used.Count == 0 ? "nothing" : string.Join(", ", used.Select(u => $"{u.Place} {u.Count}")))}"
            );
        }
        var lost = counts.Where(c => ring.Find(c.KeyId) is null).ToList();
        foreach (var count in lost)
            await output.WriteLineAsync($"MISSING KEY {count.KeyId}: {count.Place} {count.Count}");
        return lost.Count == 0 ? 0 : 1;
    }

    internal static async Task<int> RotateAsync(
        IServiceProvider services,
        bool resume,
        TextWriter output,
        CancellationToken cancellation
    )
    {
        var ring = services.GetRequiredService<KeyRing>();
        if (!resume)
            await output.WriteLineAsync(
                ring.Add() is { } added
                    ? $"Key {added} is new and current. Copy it to your other backups now."
                    : "The keys are configured: what is not sealed with the last of them is sealed again."
            );
        var plain = await SealedSignInKeys.SealPlainAsync(
            services.GetRequiredService<EduUnionDb>(),
            services.GetRequiredService<Vault>(),
            cancellation
        );
        if (plain > 0)
            await output.WriteLineAsync($"{SealedSignInKeys.Place}: {plain} sealed that lay in clear");
        var resealing = services.GetRequiredService<Resealing>();
        var unreadable = 0L;
        foreach (var place in SealedPlaces.All)
        {
            var resealed = await resealing.ResealAsync(place, cancellation);
            unreadable += resealed.Unreadable;
            if (resealed.Done > 0)
                await output.WriteLineAsync($"{place}: {resealed.Done} sealed again");
            if (resealed.Unreadable > 0)
                await output.WriteLineAsync($"UNREADABLE {place}: {resealed.Unreadable} left as they are");
        }
        var status = await StatusAsync(services, output, cancellation);
        return unreadable > 0 ? 1 : status;
    }
}
