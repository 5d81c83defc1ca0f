using System.CommandLine;
using System.Globalization;
using EduUnion.Host.Tour.Scenarios;
using EduUnion.Host.Web;
using Microsoft.Data.Sqlite;

namespace EduUnion.Host.Tour;

/// <summary>
/// <c>tour</c>: plays the scenarios on temporary databases with a simulated clock, one line a step. Exit 0 only if every
/// one ended as written; one that does not is told, and the others still play.
/// </summary>
public static class TourCommand
{
    public static Command Create()
    {
        var command = new Command("tour", "Plays the built scenarios on a temporary database with a simulated clock.");
        command.SetAction(
            (line, cancellation) => PlayAsync(All.Scenarios, line.InvocationConfiguration.Output, cancellation)
        );
        return command;
    }

    public static async Task<int> PlayAsync(
        IReadOnlyList<IScenario> scenarios,
        TextWriter output,
        CancellationToken cancellation
    )
    {
        // The lines are those of a Chinese office, whatever the terminal speaks.
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Texts.Chinese);
        var directory = Directory.CreateTempSubdirectory("eduunion-tour-");
        try
        {
            var asWritten = 0;
            foreach (var scenario in scenarios)
            {
                await output.WriteLineAsync($"Scenario {scenario.Number}: {scenario.Title}");
                if (await PlayAsync(scenario, directory.CreateSubdirectory($"{scenario.Number}"), output, cancellation))
                    asWritten++;
                await output.WriteLineAsync();
            }
            await output.WriteLineAsync(
                $"{asWritten} of {scenarios.Count} scenarios ended as written / 共 {scenarios.Count} 个情景，{asWritten} 个按所写结束"
            );
            return asWritten == scenarios.Count ? 0 : 1;
        }
        finally
        {
            // Idle connections keep their files open, and some systems do not delete open files.
            SqliteConnection.ClearAllPools();
            directory.Delete(recursive: true);
        }
    }

    private static async Task<bool> PlayAsync(
        IScenario scenario,
        DirectoryInfo directory,
        TextWriter output,
        CancellationToken cancellation
    )
    {
        var settings = new ConfigurationBuilder().Build();
        try
        {
            await using var stage = await Theatre.OpenAsync(
                scenario.Opens,
                settings,
                directory.FullName,
                output,
                cancellation
            );
            await scenario.PlayAsync(stage, cancellation);
            return true;
        }
        catch (ScenarioBroken broken)
        {
            await output.WriteLineAsync($"  NOT AS WRITTEN / 未按所写进行：{broken.Message}");
            return false;
        }
        // A bug of ours in one scenario must not keep the others from being seen.
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            await output.WriteLineAsync($"  FAULT / 程序出错：{fault}");
            return false;
        }
    }
}
