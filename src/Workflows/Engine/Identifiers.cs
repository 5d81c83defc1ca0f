using System.Buffers.Binary;
using System.Security.Cryptography;

namespace EduUnion.Workflows.Engine;

/// <summary>Identifiers that derive from the case and a sequence number, so that the same burst always gives the same ones.</summary>
internal static class Identifiers
{
    /// <summary>A version 8 UUID over SHA-256 of case and sequence.</summary>
    public static Guid Derive(Guid caseId, long sequence)
    {
        Span<byte> source = stackalloc byte[24];
        caseId.TryWriteBytes(source, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(source[16..], sequence);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(source, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
