using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EduUnion.Host.Seeds;

/// <summary>The files of <c>seeds/</c>, which travel beside the program.</summary>
internal static class SeedFiles
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
    };

    /// <exception cref="StartRefused">The file is missing or not what the program expects.</exception>
    public static T Read<T>(string name)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Text(name), Format)
                ?? throw new StartRefused($"The file seeds/{name} is empty.");
        }
        catch (JsonException cause)
        {
            throw new StartRefused($"The file seeds/{name} cannot be read: {cause.Message}", cause);
        }
    }

    /// <exception cref="StartRefused">The file is missing.</exception>
    public static string Text(string name) => Take(name, File.ReadAllText);

    /// <exception cref="StartRefused">The file is missing.</exception>
    public static byte[] Bytes(string name) => Take(name, File.ReadAllBytes);

    private static T Take<T>(string name, Func<string, T> read)
    {
        try
        {
            return read(Path.Combine(AppContext.BaseDirectory, "seeds", name));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new StartRefused($"The file seeds/{name} cannot be read: {cause.Message}", cause);
        }
    }

    /// <summary>The same id for the same name on every machine, so that two programs seeding at once meet on one row.</summary>
    public static Guid IdOf(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
}
