namespace EduUnion.Host.Attachments;

/// <summary>
/// What a file is, by its bytes: PDF, JPEG or PNG, whole from its first mark to its last. Neither its name nor what the
/// browser claims counts.
/// </summary>
public sealed record FileKind(string ContentType, string Extension)
{
    private static readonly FileKind Pdf = new("application/pdf", "pdf");
    private static readonly FileKind Jpeg = new("image/jpeg", "jpg");
    private static readonly FileKind Png = new("image/png", "png");

    /// <summary>What a file dialog offers; telephones convert HEIC photographs to JPEG for it.</summary>
    public const string Accept = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png";

    /// <summary>Null: nothing that is taken.</summary>
    public static FileKind? Of(ReadOnlySpan<byte> file) =>
        file.StartsWith("%PDF-"u8) && Tail(file, 1024).LastIndexOf("%%EOF"u8) >= 0 ? Pdf
        // Cameras append data of their own after the end mark.
        : file.StartsWith<byte>([0xFF, 0xD8, 0xFF]) && file.LastIndexOf<byte>([0xFF, 0xD9]) > 3 ? Jpeg
        : file.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])
        && file.Length > 24
        && file.Slice(12, 4).SequenceEqual("IHDR"u8)
        && Tail(file, 64).IndexOf("IEND"u8) >= 0
            ? Png
        : null;

    private static ReadOnlySpan<byte> Tail(ReadOnlySpan<byte> file, int length) =>
        file[Math.Max(0, file.Length - length)..];
}
