using System.Globalization;

namespace EduUnion.Faults;

/// <summary>
/// How long a programme runs and from which seed: short unless <c>EDUUNION_FAULTS=long</c>; every random choice comes from
/// the seed, which is printed and can be given again as <c>EDUUNION_FAULTS_SEED</c>.
/// </summary>
internal static class Form
{
    public static bool IsLong { get; } =
        Environment.GetEnvironmentVariable("EDUUNION_FAULTS") switch
        {
            null or "" or "short" => false,
            "long" => true,
            var other => throw new InvalidOperationException($"EDUUNION_FAULTS is {other}, neither short nor long."),
        };

    public static int Seed { get; } =
        Environment.GetEnvironmentVariable("EDUUNION_FAULTS_SEED") is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Random.Shared.Next();

    public static T Of<T>(T brief, T full) => IsLong ? full : brief;

    /// <summary>The source of a programme's chance; says how to have the same again.</summary>
    public static Random Chance(ITestOutputHelper output)
    {
        output.WriteLine($"EDUUNION_FAULTS_SEED={Seed}");
        return new Random(Seed);
    }
}
