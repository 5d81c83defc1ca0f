using System.Globalization;
using System.Text;

namespace EduUnion.Host.Cases;

/// <summary>Where a page ended: the instant it is ordered by, and the id that breaks ties.</summary>
public readonly record struct ListKey(DateTimeOffset? At, Guid Id)
{
    public static ListKey? Read(string? text)
    {
        if (text is null)
            return null;
        try
        {
            var parts = Encoding.UTF8.GetString(Convert.FromBase64String(text)).Split('|');
            DateTimeOffset? at =
                parts[0].Length == 0
                    ? null
                    : new DateTimeOffset(long.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.Zero);
            return new ListKey(at, Guid.Parse(parts[1]));
        }
        // A key that somebody made up leads to the first page.
        catch (Exception wrong)
            when (wrong is FormatException or IndexOutOfRangeException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    public override string ToString() =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{At?.UtcTicks.ToString(CultureInfo.InvariantCulture)}|{Id}"));
}
