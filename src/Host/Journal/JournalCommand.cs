using System.CommandLine;
using EduUnion.Host.CommandLine;

namespace EduUnion.Host.Journal;

/// <summary><c>journal verify</c>: exit 0 when every chain and checkpoint proves, 1 when not.</summary>
internal static class JournalCommand
{
    public static Command Create(Shell shell)
    {
        var only = new Option<Guid?>("--case") { Description = "One case only.", HelpName = "ID" };
        var verify = new Command("verify", "Proves the audit chains of all cases and the hourly checkpoints.") { only };
        verify.SetAction(
            (line, cancellation) =>
                shell.InScopeAsync(
                    line,
                    async services =>
                    {
                        var output = line.InvocationConfiguration.Output;
                        var proof = services.GetRequiredService<JournalProof>();
                        var report = await proof.ProveAsync(line.GetValue(only), cancellation);
                        await output.WriteLineAsync(
                            $"{report.Lines} lines of {report.Cases} cases, {report.Checkpoints} checkpoints"
                        );
                        foreach (var sentence in report.Broken)
                            await output.WriteLineAsync(sentence);
                        await output.WriteLineAsync(report.Broken.Count == 0 ? "Everything proves." : "NOT PROVEN");
                        return report.Broken.Count == 0 ? 0 : 1;
                    }
                )
        );
        return new Command("journal", "The audit chains.") { verify };
    }
}
