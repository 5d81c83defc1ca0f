using System.Collections.Immutable;

namespace EduUnion.Workflows.Definitions;

/// <summary>A line of a difference: kept, taken away, or added.</summary>
/// <param name="Sign">' ', '-' or '+'; '@' stands for kept lines that are left out, whose number is the text.</param>
public readonly record struct LineChange(char Sign, string Text);

/// <summary>The shortest way from one text to another by lines (Myers 1986), with a few kept lines around each change.</summary>
public static class LineDifference
{
    private const int Around = 3;

    /// <summary>Texts that differ in more lines are given whole, the one after the other.</summary>
    private const int MostSteps = 1_500;

    public static ImmutableArray<LineChange> Between(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var start = 0;
        while (start < before.Count && start < after.Count && before[start] == after[start])
            start++;
        var (endBefore, endAfter) = (before.Count, after.Count);
        while (endBefore > start && endAfter > start && before[endBefore - 1] == after[endAfter - 1])
            (endBefore, endAfter) = (endBefore - 1, endAfter - 1);
        var (a, b) = (Part(before, start, endBefore), Part(after, start, endAfter));
        return Shortened([
            .. before.Take(start).Select(t => new LineChange(' ', t)),
            .. Middle(a, b),
            .. before.Skip(endBefore).Select(t => new LineChange(' ', t)),
        ]);
    }

    private static string[] Part(IReadOnlyList<string> lines, int from, int until) =>
        [.. lines.Skip(from).Take(until - from)];

    private static IEnumerable<LineChange> Middle(string[] a, string[] b)
    {
        if (Farthest(a, b) is not { } trace)
            return a.Select(t => new LineChange('-', t)).Concat(b.Select(t => new LineChange('+', t)));
        // Back along the way that was found.
        var changes = new Stack<LineChange>();
        var (x, y) = (a.Length, b.Length);
        for (var d = trace.Count - 1; d >= 0; d--)
        {
            var (v, middle, k) = (trace[d], trace[d].Length / 2, x - y);
            var down = k == -d || (k != d && v[middle + k - 1] < v[middle + k + 1]);
            var fromK = down ? k + 1 : k - 1;
            var fromX = d == 0 ? 0 : v[middle + fromK];
            var fromY = d == 0 ? 0 : fromX - fromK;
            while (x > fromX && y > fromY)
            {
                changes.Push(new(' ', a[--x]));
                y--;
            }
            if (d > 0)
                changes.Push(down ? new('+', b[--y]) : new('-', a[--x]));
        }
        return changes;
    }

    /// <summary>How far one comes on each diagonal with 0, 1, 2 … changes; null when there are too many.</summary>
    private static List<int[]>? Farthest(string[] a, string[] b)
    {
        var most = Math.Min(a.Length + b.Length, MostSteps);
        var trace = new List<int[]>();
        var v = new int[2 * most + 3];
        var middle = v.Length / 2;
        for (var d = 0; d <= most; d++)
        {
            trace.Add([.. v]);
            for (var k = -d; k <= d; k += 2)
            {
                var x =
                    k == -d || (k != d && v[middle + k - 1] < v[middle + k + 1])
                        ? v[middle + k + 1]
                        : v[middle + k - 1] + 1;
                var y = x - k;
                while (x < a.Length && y < b.Length && a[x] == b[y])
                    (x, y) = (x + 1, y + 1);
                v[middle + k] = x;
                if (x >= a.Length && y >= b.Length)
                    return trace;
            }
        }
        return null;
    }

    private static ImmutableArray<LineChange> Shortened(List<LineChange> all)
    {
        var near = new bool[all.Count];
        for (var i = 0; i < all.Count; i++)
            if (all[i].Sign != ' ')
                for (var j = Math.Max(0, i - Around); j <= Math.Min(all.Count - 1, i + Around); j++)
                    near[j] = true;
        var lines = ImmutableArray.CreateBuilder<LineChange>();
        for (var i = 0; i < all.Count; i++)
            if (near[i])
                lines.Add(all[i]);
            else
            {
                var left = i;
                while (i + 1 < all.Count && !near[i + 1])
                    i++;
                lines.Add(new('@', $"{i - left + 1}"));
            }
        return lines.ToImmutable();
    }
}
