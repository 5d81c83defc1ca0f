using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace EduUnion.Host.Persistence;

/// <summary>
/// SQLite has no instants: UTC as text of one width, so that the order of the text is the order in time. Cut to the
/// microsecond, as PostgreSQL does, so that an instant read back is the same on both.
/// </summary>
internal sealed class InstantAsText()
    : ValueConverter<DateTimeOffset, string>(instant => Write(instant), text => Read(text))
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>For raw SQL, which bypasses converters.</summary>
    public static string Write(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    private static DateTimeOffset Read(string text) =>
        DateTimeOffset.ParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

/// <summary>PostgreSQL's <c>timestamptz</c> takes instants in UTC only.</summary>
internal sealed class InstantInUtc()
    : ValueConverter<DateTimeOffset, DateTimeOffset>(instant => instant.ToUniversalTime(), instant => instant);
