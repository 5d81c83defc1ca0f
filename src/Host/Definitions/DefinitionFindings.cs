using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using EduUnion.Domain;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Checking;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Host.Definitions;

/// <summary>
/// What keeps a definition from being published. The checker tries out every way, so each document is checked once a
/// process, together with the versions of the children that it would start.
/// </summary>
public sealed class DefinitionFindings
{
    private readonly ConcurrentDictionary<string, Proof> _known = new();

    /// <summary>Refusal: <c>definition.unreadable</c> at <c>file</c>: how many findings, and the first.</summary>
    public static Outcome<Definition> Read(byte[] document)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(document);
        }
        catch (DecoderFallbackException)
        {
            return Refusal.At("file", "definition.unreadable", 1, "The file is not UTF-8.");
        }
        var reading = DefinitionReader.Read(text);
        return reading.Definition is { } definition
            ? definition
            : Refusal.At("file", "definition.unreadable", reading.Findings.Length, reading.Findings[0].ToString());
    }

    /// <param name="set">What is in force; the definition need not be in it.</param>
    public ImmutableArray<Finding> Of(Definition definition, DefinitionSet set) => Prove(definition, set).Findings;

    /// <inheritdoc cref="Of"/>
    public Proof Prove(Definition definition, DefinitionSet set)
    {
        var joined = set.Find(definition.DefinitionId, definition.Version) == definition ? set : set.Add(definition);
        var children = joined.Pins(definition).OrderBy(p => p.Key, StringComparer.Ordinal);
        var key =
            $"{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(definition.Text)))} {string.Join(' ', children)}";
        return _known.GetOrAdd(key, _ => DefinitionChecker.Prove(definition, joined, StepCatalogue.Shipped));
    }
}
