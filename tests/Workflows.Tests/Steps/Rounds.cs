using System.Globalization;

namespace EduUnion.Workflows.Tests.Steps;

/// <summary>
/// How often tests of chance are played. A few rounds in every run; the long form is
/// <c>EDUUNION_TEST_ROUNDS=100 dotnet run --project tests/Workflows.Tests -- -class '*ParallelCompletionTests'</c>. Each round
/// prints its seed; <c>EDUUNION_TEST_SEED</c> plays one again.
/// </summary>
internal static class Rounds
{
    private const int Short = 3;

    public static void Play(ITestOutputHelper output, Action<Random> round)
    {
        var fixedSeed = Number("EDUUNION_TEST_SEED");
        var rounds = fixedSeed is null ? Number("EDUUNION_TEST_ROUNDS") ?? Short : 1;
        for (var i = 0; i < rounds; i++)
        {
            var seed = fixedSeed ?? Random.Shared.Next();
            output.WriteLine($"seed {seed}");
            round(new Random(seed));
        }
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
