using System.Security.Cryptography;
using System.Xml.Linq;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace EduUnion.Host.People;

/// <summary>
/// The keys by which sessions are signed, in the database for every node and sealed by the <see cref="Vault"/> like
/// everything that nobody should read there: whoever has only a copy of the database signs in as nobody. Keys that an earlier
/// program wrote in clear are read as they are until <c>vault rotate</c> seals them. A sealed one stands in an element of its
/// own, which a program of before passes over and lives on.
/// </summary>
public sealed class SealedSignInKeys(IServiceScopeFactory scopes, Vault vault, ILogger<SealedSignInKeys> log)
    : IXmlRepository,
        IConfigureOptions<KeyManagementOptions>
{
    internal static SealedPlace Place { get; } =
        new("data_protection_keys", "xml", "friendly_name") { Before = "<sealed>", After = "</sealed>" };

    public static void Add(IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("EduUnion");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, SealedSignInKeys>();
    }

    public void Configure(KeyManagementOptions options)
    {
        options.XmlRepository = this;
        // The framework would complain that nothing is encrypted: it sees only what it hands over.
        options.XmlEncryptor = new NullXmlEncryptor();
    }

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<EduUnionDb>();
        return
        [
            .. db.DataProtectionKeys.AsNoTracking().OrderBy(k => k.Id).AsEnumerable().Select(Open).OfType<XElement>(),
        ];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<EduUnionDb>();
        var xml = Place.Wrapped(vault.Seal(element.ToString(SaveOptions.DisableFormatting), friendlyName));
        db.DataProtectionKeys.Add(new DataProtectionKey { FriendlyName = friendlyName, Xml = xml });
        db.SaveChanges();
    }

    /// <summary>Seals what an earlier program wrote in clear; programs of before cannot use it any more.</summary>
    /// <returns>How many.</returns>
    internal static async Task<int> SealPlainAsync(EduUnionDb db, Vault vault, CancellationToken cancellation)
    {
        var plain = await db
            .DataProtectionKeys.AsNoTracking()
            .Where(k => k.Xml != null && k.FriendlyName != null && !k.Xml.StartsWith(Place.Before))
            .ToListAsync(cancellation);
        var done = 0;
        foreach (var key in plain)
        {
            var xml = Place.Wrapped(vault.Seal(key.Xml!, key.FriendlyName!));
            done += await db
                .DataProtectionKeys.Where(k => k.Id == key.Id && k.Xml == key.Xml)
                .ExecuteUpdateAsync(set => set.SetProperty(k => k.Xml, xml), cancellation);
        }
        return done;
    }

    /// <summary>Null = it cannot be read: whoever signed in by it signs in again, and nobody else notices.</summary>
    private XElement? Open(DataProtectionKey key)
    {
        if (key.Xml is null || !key.Xml.StartsWith(Place.Before, StringComparison.Ordinal))
            return key.Xml is null ? null : XElement.Parse(key.Xml);
        try
        {
            return XElement.Parse(vault.Open(Place.Bare(key.Xml), key.FriendlyName!));
        }
        catch (CryptographicException fault)
        {
            log.LogError(fault, "{Key} of the sign-in cannot be opened", key.FriendlyName);
            return null;
        }
    }
}
