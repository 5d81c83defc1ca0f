using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace EduUnion.Host.Privacy;

/// <summary>
/// Seals sensitive data before they reach the database (个人信息保护法 art. 51): AES-256-GCM, as
/// <c>v1.{key id}.{base64url of nonce, tag, ciphertext}</c>. What is sealed is bound to its row: copied into another one,
/// it does not open.
/// </summary>
public sealed class Vault(KeyRing ring)
{
    /// <summary>How everything sealed begins.</summary>
    public const string Mark = "v1.";

    private const int KeyIdLength = 8;
    private const int HeadLength = 3 + KeyIdLength + 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <param name="bound">The row's key as text (<see cref="SealedPlace"/>): authenticated, not stored.</param>
    public string Seal(string plain, string bound)
    {
        var key = ring.Current;
        return Head(key.Id) + Base64Url.EncodeToString(Encrypt(key, Encoding.UTF8.GetBytes(plain), bound));
    }

    /// <inheritdoc cref="Seal(string, string)"/>
    public string Seal(string plain, Guid bound) => Seal(plain, bound.ToString());

    /// <exception cref="CryptographicException">The text is not sealed, was changed or moved, or its key is missing.</exception>
    public string Open(string sealedText, string bound) =>
        IsSealed(sealedText) && Base64Url.IsValid(sealedText.AsSpan(HeadLength))
            ? Encoding.UTF8.GetString(
                Decrypt(KeyOf(sealedText), Base64Url.DecodeFromChars(sealedText.AsSpan(HeadLength)), bound)
            )
            : throw new CryptographicException("The text is not sealed.");

    /// <inheritdoc cref="Open(string, string)"/>
    public string Open(string sealedText, Guid bound) => Open(sealedText, bound.ToString());

    /// <summary>Bytes: the same head in ASCII, then nonce, tag and ciphertext as they are.</summary>
    public byte[] Seal(byte[] plain, string bound)
    {
        var key = ring.Current;
        return [.. Encoding.ASCII.GetBytes(Head(key.Id)), .. Encrypt(key, plain, bound)];
    }

    /// <inheritdoc cref="Open(string, string)"/>
    public byte[] Open(byte[] sealedBytes, string bound)
    {
        var head = Encoding.ASCII.GetString(sealedBytes.AsSpan(0, Math.Min(HeadLength, sealedBytes.Length)));
        return IsSealed(head)
            ? Decrypt(KeyOf(head), sealedBytes.AsSpan(HeadLength), bound)
            : throw new CryptographicException("The bytes are not sealed.");
    }

    /// <summary>
    /// Keyed hash by which equal values are found without being readable (base64url, 43 characters). The same for ever:
    /// the index key is not rotated.
    /// </summary>
    /// <param name="purpose">A constant such as <c>identity</c>: the same value gives another hash for another purpose.</param>
    /// <param name="normalized">The value in the one form in which it is compared.</param>
    public string Index(string purpose, string normalized) =>
        Base64Url.EncodeToString(
            HMACSHA256.HashData(ring.IndexKey, Encoding.UTF8.GetBytes($"{purpose}\n{normalized}"))
        );

    public static bool IsSealed([NotNullWhen(true)] string? text) =>
        text is { Length: >= HeadLength }
        && text.StartsWith(Mark, StringComparison.Ordinal)
        && text[HeadLength - 1] == '.';

    /// <summary>How everything begins that this key sealed.</summary>
    internal static string Head(string keyId) => $"{Mark}{keyId}.";

    private VaultKey KeyOf(string head) =>
        ring.Find(head.Substring(Mark.Length, KeyIdLength))
        ?? throw new CryptographicException($"The vault has no key {head.Substring(Mark.Length, KeyIdLength)}.");

    private static byte[] Encrypt(VaultKey key, ReadOnlySpan<byte> plain, string bound)
    {
        var box = new byte[NonceSize + TagSize + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceSize));
        using var aes = new AesGcm(key.Bytes, TagSize);
        aes.Encrypt(
            box.AsSpan(0, NonceSize),
            plain,
            box.AsSpan(NonceSize + TagSize),
            box.AsSpan(NonceSize, TagSize),
            Encoding.UTF8.GetBytes(bound)
        );
        return box;
    }

    private static byte[] Decrypt(VaultKey key, ReadOnlySpan<byte> box, string bound)
    {
        if (box.Length < NonceSize + TagSize)
            throw new CryptographicException("The sealed value is cut off.");
        var plain = new byte[box.Length - NonceSize - TagSize];
        using var aes = new AesGcm(key.Bytes, TagSize);
        aes.Decrypt(
            box[..NonceSize],
            box[(NonceSize + TagSize)..],
            box.Slice(NonceSize, TagSize),
            plain,
            Encoding.UTF8.GetBytes(bound)
        );
        return plain;
    }
}
