using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EduUnion.Host.Cases;

namespace EduUnion.Host.Journal;

/// <summary>What one step did, before it becomes a line.</summary>
public sealed record Act(
    string Name,
    string? Outcome,
    Guid? ActorId,
    Guid? TaskId,
    Guid? Part,
    DateTimeOffset At,
    string Private
);

/// <summary>
/// The audit chain of a case: appends lines and proves them. The key is not in the database, so whoever can write rows
/// cannot forge a chain.
/// </summary>
public sealed class AuditChain(JournalKey key)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    // Own encryption and not Data Protection: that may make a new key at any moment, in a transaction of its own, which
    // waits for ever for the one we are in.
    private readonly byte[] _privateKey = HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        key.Bytes,
        32,
        [],
        "private"u8.ToArray()
    );

    /// <summary>Appends to the chain whose head the case row carries; the caller holds the row's lock.</summary>
    public JournalLine Append(CaseRow row, Act act)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var commitment = SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(act.Private)]);
        // Cut to the microsecond, as both databases keep it: otherwise the line read back would not match its MAC.
        var at = act.At.AddTicks(-(act.At.UtcTicks % TimeSpan.TicksPerMicrosecond));
        var sequence = row.JournalSequence + 1;
        var line = new JournalLine
        {
            CaseId = row.Id,
            Sequence = sequence,
            At = at,
            ActorId = act.ActorId,
            Act = act.Name,
            Outcome = act.Outcome,
            TaskId = act.TaskId,
            Part = act.Part,
            Private = Encrypt(act.Private),
            Salt = salt,
            Commitment = commitment,
            Mac = Mac(
                row.JournalHead,
                row.Id,
                sequence,
                at,
                act.ActorId,
                act.Name,
                act.Outcome,
                act.TaskId,
                act.Part,
                salt,
                commitment
            ),
        };
        row.JournalSequence = sequence;
        row.JournalHead = line.Mac;
        return line;
    }

    /// <summary>The private text of a line, or null when it was erased.</summary>
    public string? Read(JournalLine line) => line.Private is null ? null : Decrypt(line.Private);

    /// <summary>The first line that does not prove, in order, or null when the whole chain up to the head does.</summary>
    public int? FirstBroken(IEnumerable<JournalLine> lines, byte[] head, int length)
    {
        byte[] before = [];
        var expected = 1;
        foreach (var line in lines)
        {
            if (line.Sequence != expected || !Proves(line, before))
                return expected;
            before = line.Mac;
            expected++;
        }
        return expected - 1 == length && before.AsSpan().SequenceEqual(head) ? null : expected;
    }

    /// <summary>MAC of any text under the same key, for checkpoints.</summary>
    public byte[] Mac(string text) => HMACSHA256.HashData(key.Bytes, Encoding.UTF8.GetBytes(text));

    private string Encrypt(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedText = new byte[NonceSize + TagSize + plain.Length];
        RandomNumberGenerator.Fill(sealedText.AsSpan(0, NonceSize));
        using var aes = new AesGcm(_privateKey, TagSize);
        aes.Encrypt(
            sealedText.AsSpan(0, NonceSize),
            plain,
            sealedText.AsSpan(NonceSize + TagSize),
            sealedText.AsSpan(NonceSize, TagSize)
        );
        return Convert.ToBase64String(sealedText);
    }

    private string Decrypt(string text)
    {
        var sealedText = Convert.FromBase64String(text);
        var plain = new byte[sealedText.Length - NonceSize - TagSize];
        using var aes = new AesGcm(_privateKey, TagSize);
        aes.Decrypt(
            sealedText.AsSpan(0, NonceSize),
            sealedText.AsSpan(NonceSize + TagSize),
            sealedText.AsSpan(NonceSize, TagSize),
            plain
        );
        return Encoding.UTF8.GetString(plain);
    }

    private bool Proves(JournalLine line, byte[] before) =>
        line.Mac.AsSpan()
            .SequenceEqual(
                Mac(
                    before,
                    line.CaseId,
                    line.Sequence,
                    line.At,
                    line.ActorId,
                    line.Act,
                    line.Outcome,
                    line.TaskId,
                    line.Part,
                    line.Salt,
                    line.Commitment
                )
            ) && (line.Private is null || Reveals(line));

    private bool Reveals(JournalLine line)
    {
        try
        {
            var text = Encoding.UTF8.GetBytes(Decrypt(line.Private!));
            return SHA256.HashData([.. line.Salt, .. text]).AsSpan().SequenceEqual(line.Commitment);
        }
        // Whoever changed the ciphertext left something that does not decrypt: that is a broken line, not a fault.
        catch (Exception tampered) when (tampered is CryptographicException or FormatException or OverflowException)
        {
            return false;
        }
    }

    private byte[] Mac(
        byte[] before,
        Guid caseId,
        int sequence,
        DateTimeOffset at,
        Guid? actor,
        string act,
        string? outcome,
        Guid? task,
        Guid? part,
        byte[] salt,
        byte[] commitment
    )
    {
        // One field a line with its length, so that no two different lines have the same bytes.
        var text = new StringBuilder();
        foreach (
            var field in new[]
            {
                Convert.ToHexString(before),
                caseId.ToString("N"),
                sequence.ToString(CultureInfo.InvariantCulture),
                (at.UtcTicks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture),
                actor?.ToString("N") ?? "",
                act,
                outcome ?? "",
                task?.ToString("N") ?? "",
                part?.ToString("N") ?? "",
                Convert.ToHexString(salt),
                Convert.ToHexString(commitment),
            }
        )
            text.Append(CultureInfo.InvariantCulture, $"{field.Length}:{field}\n");
        return Mac(text.ToString());
    }
}
