using EduUnion.Host.Seeds;

namespace EduUnion.Host.CommandLine;

/// <summary>One line of what the program says about itself when it starts; an area registers its own.</summary>
public sealed record StartNote(string Label, string Text);

/// <summary>Where the program tells how it started.</summary>
public sealed record Terminal(TextWriter Out);

/// <summary>What stands in the terminal after the start.</summary>
internal static class Greeting
{
    public static void Write(TextWriter to, IEnumerable<StartNote> notes, IReadOnlyList<DemoAccount> accounts)
    {
        to.WriteLine("EduUnion is running. Ctrl-C stops it.");
        WriteTable(to, [.. notes.Select(n => (string[])["  " + n.Label, n.Text])]);
        if (accounts.Count == 0)
            return;
        to.WriteLine();
        to.WriteLine($"Demonstration accounts (fictional people). Password of all: {DemoDistrict.Password}");
        WriteTable(to, [.. accounts.Select(a => (string[])["  " + a.UserName, a.Name, a.Role, a.Organisation])]);
    }

    private static void WriteTable(TextWriter to, IReadOnlyList<string[]> rows)
    {
        var widths = rows[0].Select((_, column) => rows.Max(r => Width(r[column])) + 2).ToArray();
        foreach (var row in rows)
            to.WriteLine(
                string.Concat(row.Select((cell, i) => cell + new string(' ', widths[i] - Width(cell)))).TrimEnd()
            );
    }

    /// <summary>Chinese characters take two places of a terminal.</summary>
    private static int Width(string text) => text.EnumerateRunes().Sum(r => r.Value >= 0x2E80 ? 2 : 1);
}
