using System.Text;
using EduUnion.Domain;
using EduUnion.Host.Sheets;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Web;

/// <summary>Paste or upload a table, look at what would become of each line, confirm.</summary>
[RequestSizeLimit(1 << 20)]
public abstract class ImportPage(Texts texts) : FormPage(texts)
{
    [BindProperty]
    public string? Csv { get; set; }

    [BindProperty]
    public IFormFile? Upload { get; set; }

    public ImportResult? Result { get; private set; }

    /// <summary>Key of the words: <c>{Area}.lead</c>, <c>{Area}.columns</c>.</summary>
    public abstract string Area { get; }

    public abstract string Back { get; }

    protected abstract Task<Outcome<ImportResult>> RunAsync(string csv, bool apply, CancellationToken cancellation);

    protected async Task<IActionResult> ImportAsync(string? @do, CancellationToken cancellation)
    {
        if (Upload is { Length: > 0 })
            Csv = await TextAsync(Upload, cancellation);
        if (@do == "again")
            return Page();
        var done = await RunAsync(Csv ?? "", @do == "apply", cancellation);
        if (!done.IsOk)
            return Again(done.Refusal);
        Result = done.Value;
        return Page();
    }

    /// <summary>Spreadsheets here save CSV in the system's own encoding unless they are told otherwise.</summary>
    private static async Task<string> TextAsync(IFormFile file, CancellationToken cancellation)
    {
        using var memory = new MemoryStream();
        await file.CopyToAsync(memory, cancellation);
        var bytes = memory.ToArray();
        if (Workbook.Is(bytes))
            return Workbook.Text(bytes);
        if (bytes is [0xFF, 0xFE, ..])
            return Encoding.Unicode.GetString(bytes);
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetString(bytes);
        }
    }
}
