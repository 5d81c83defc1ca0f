using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;

namespace EduUnion.Host.Tests.Documents;

/// <summary>A Word file as a reader opens it.</summary>
internal static class WordText
{
    /// <summary>Its paragraphs, the file being what Word accepts without repair.</summary>
    public static string Of(byte[] file)
    {
        using var document = WordprocessingDocument.Open(new MemoryStream(file), isEditable: false);
        var errors = new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document);
        Assert.Empty(errors.Select(e => $"{e.Path?.XPath} {e.Description}"));
        return string.Join('\n', document.MainDocumentPart!.Document!.Body!.Descendants<Paragraph>().Select(Line));
    }

    public static string Footer(byte[] file)
    {
        using var document = WordprocessingDocument.Open(new MemoryStream(file), isEditable: false);
        var footer = document.MainDocumentPart!.FooterParts.Single().Footer!;
        return footer.InnerText
            + string.Concat(footer.Descendants<SimpleField>().Select(f => " " + f.Instruction!.Value));
    }

    private static string Line(Paragraph paragraph) =>
        string.Concat(
            paragraph
                .Descendants()
                .Select(e =>
                    e switch
                    {
                        Text text => text.Text,
                        TabChar => "\t",
                        Break => "\n",
                        _ => "",
                    }
                )
        );
}
