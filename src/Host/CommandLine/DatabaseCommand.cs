using System.CommandLine;
using EduUnion.Host.Journal;
using EduUnion.Host.Mail;
using EduUnion.Host.Operations;
using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;

namespace EduUnion.Host.CommandLine;

/// <summary>
/// <c>database migrate</c>: what the first start does, on its own. <c>backup</c> and <c>restore</c>: a copy of everything
/// and the way back. <c>hold</c> and <c>release</c>: whether mail leaves.
/// </summary>
internal static class DatabaseCommand
{
    public static Command Create(Shell shell)
    {
        var migrate = new Command("migrate", "Brings the database to this program's schema and loads reference data.");
        migrate.SetAction(
            (line, cancellation) =>
                shell.InScopeAsync(line, services => MigrateAsync(services, Out(line), cancellation))
        );
        var into = Directory("A directory that does not exist yet, or is empty.");
        var backup = new Command("backup", "Copies the database while it is used; keys are not in the copy.") { into };
        backup.SetAction(
            (line, cancellation) =>
                shell.InScopeAsync(
                    line,
                    services => BackupAsync(services, line.GetValue(into)!, Out(line), cancellation)
                )
        );
        var from = Directory("What backup has written.");
        var restore = new Command("restore", "Puts a backup into an empty database; it sends nothing until released.")
        {
            from,
        };
        restore.SetAction(
            (line, cancellation) =>
                shell.InScopeAsync(
                    line,
                    services => RestoreAsync(services, line.GetValue(from)!, Out(line), cancellation)
                )
        );
        var hold = new Command("hold", "Keeps all mail back until it is released.");
        hold.SetAction(
            (line, cancellation) => shell.InScopeAsync(line, services => HoldAsync(services, Out(line), cancellation))
        );
        var release = new Command("release", "Lets a restored copy send mail.");
        release.SetAction(
            (line, cancellation) =>
                shell.InScopeAsync(line, services => ReleaseAsync(services, Out(line), cancellation))
        );
        return new Command("database", "The database.") { migrate, backup, restore, hold, release };

        static TextWriter Out(ParseResult line) => line.InvocationConfiguration.Output;
        static Argument<string> Directory(string what) => new("DIR") { Description = what };
    }

    private static async Task<int> MigrateAsync(IServiceProvider services, TextWriter output, CancellationToken stop)
    {
        await services.GetRequiredService<FirstStart>().LoadReferenceAsync(stop);
        await output.WriteLineAsync($"{services.GetRequiredService<DatabaseOptions>()} is up to date.");
        return 0;
    }

    private static async Task<int> BackupAsync(
        IServiceProvider services,
        string directory,
        TextWriter output,
        CancellationToken stop
    )
    {
        var note = await services.GetRequiredService<Backup>().WriteAsync(directory, stop);
        await output.WriteLineAsync($"{Path.Combine(directory, note.File)} holds the state of {note.At:O}.");
        await output.WriteLineAsync("The keys are not in it: keep a copy of them elsewhere (docs/operations.md).");
        return 0;
    }

    private static async Task<int> RestoreAsync(
        IServiceProvider services,
        string directory,
        TextWriter output,
        CancellationToken stop
    )
    {
        var note = await services.GetRequiredService<Backup>().RestoreAsync(directory, stop);
        var place = services.GetRequiredService<DatabaseOptions>();
        await output.WriteLineAsync($"{place} holds the state of {note.At:O} again.");
        var report = await services.GetRequiredService<JournalProof>().ProveAsync(null, stop);
        foreach (var sentence in report.Broken)
            await output.WriteLineAsync(sentence);
        await output.WriteLineAsync(
            $"{report.Lines} lines of {report.Cases} cases: {(report.Broken.Count == 0 ? "everything proves." : "NOT PROVEN")}"
        );
        await output.WriteLineAsync(
            "It sends no mail until `database release`: make sure first that the original is off."
        );
        return report.Broken.Count == 0 ? 0 : 1;
    }

    private static async Task<int> HoldAsync(IServiceProvider services, TextWriter output, CancellationToken stop)
    {
        var held = await services.GetRequiredService<OutboxHolds>().HoldAsync(stop);
        await output.WriteLineAsync(held ? "No mail leaves until `database release`." : "It is held already.");
        return 0;
    }

    private static async Task<int> ReleaseAsync(IServiceProvider services, TextWriter output, CancellationToken stop)
    {
        var released = await services.GetRequiredService<OutboxHolds>().ReleaseAsync(null, stop);
        await output.WriteLineAsync(released ? "Mail leaves again." : "Nothing was held.");
        return 0;
    }
}
