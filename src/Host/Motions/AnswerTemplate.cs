using System.Collections.Immutable;
using System.Text.RegularExpressions;
using EduUnion.Domain;
using EduUnion.Domain.Motions;
using EduUnion.Domain.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Motions;

/// <summary>
/// A text from which answers are begun (答复模板), of one department or of the whole school. Never deleted: a retired one is
/// offered no more.
/// </summary>
public sealed class AnswerTemplate
{
    public required Guid Id { get; init; }
    public required Guid SchoolId { get; init; }

    /// <summary>Null = for every department of the school.</summary>
    public Guid? DepartmentId { get; init; }

    /// <summary>For answers of this class; null = for any.</summary>
    public AnswerClass? Class { get; set; }
    public required string Name { get; set; }

    /// <summary>With the placeholders of <see cref="TemplateText"/>.</summary>
    public required string Text { get; set; }
    public bool Active { get; set; } = true;
    public int Version { get; set; } = 1;
    public required Guid ChangedBy { get; set; }
    public required DateTimeOffset ChangedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<AnswerTemplate>
    {
        public void Configure(EntityTypeBuilder<AnswerTemplate> template)
        {
            template.ToTable("answer_templates");
            template.Property(t => t.Id).ValueGeneratedNever();
            template.Property(t => t.Class).HasMaxLength(1);
            template.Property(t => t.Name).HasMaxLength(TemplateText.LongestName);
            template.Property(t => t.Version).IsConcurrencyToken();
            template.HasOne<Organisation>().WithMany().HasForeignKey(t => t.SchoolId).OnDelete(DeleteBehavior.Restrict);
            template
                .HasOne<Organisation>()
                .WithMany()
                .HasForeignKey(t => t.DepartmentId)
                .OnDelete(DeleteBehavior.Restrict);
            // A name is unique where it is offered; a null department is equal to no other.
            template
                .HasIndex(t => new { t.DepartmentId, t.Name })
                .IsUnique()
                .HasFilter("department_id IS NOT NULL AND active");
            template.HasIndex(t => new { t.SchoolId, t.Name }).IsUnique().HasFilter("department_id IS NULL AND active");
        }
    }
}

/// <summary>What is typed of a template, and the placeholders in it.</summary>
public sealed partial record TemplateText(string Name, string Text, AnswerClass? Class)
{
    public const int LongestName = 40;
    public const int Longest = 8000;

    /// <summary>Filled with the motion's number, its title and the host department's name.</summary>
    public static ImmutableArray<string> Placeholders { get; } = ["number", "title", "department"];

    public static TemplateText Of(string? name, string? text, AnswerClass? @class) =>
        new((name ?? "").Trim(), (text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Trim(), @class);

    /// <summary>
    /// Refusals: <c>form.required</c>, <c>form.too-long</c>, <c>text.control-characters</c>,
    /// <c>template.placeholder-unknown</c> (the placeholder as typed).
    /// </summary>
    public Refusal? Check() => Refusal.Of([.. CheckName(), .. CheckText()]);

    /// <summary>In one pass: a title that looks like a placeholder stays what it is.</summary>
    public static string Fill(string text, string number, string title, string department) =>
        Braces()
            .Replace(
                text,
                found =>
                    found.Groups[1].Value switch
                    {
                        "number" => number,
                        "title" => title,
                        "department" => department,
                        _ => found.Value,
                    }
            );

    private IEnumerable<Refusal> CheckName()
    {
        if (Name.Length == 0)
            yield return Refusal.At("name", "form.required");
        else if (Name.Length > LongestName)
            yield return Refusal.At("name", "form.too-long", LongestName, Name.Length);
        else if (Name.Any(char.IsControl))
            yield return Refusal.At("name", "text.control-characters");
    }

    private IEnumerable<Refusal> CheckText()
    {
        if (Text.Length == 0)
            yield return Refusal.At("text", "form.required");
        else if (Text.Length > Longest)
            yield return Refusal.At("text", "form.too-long", Longest, Text.Length);
        else if (Text.Any(c => char.IsControl(c) && c is not ('\n' or '\t')))
            yield return Refusal.At("text", "text.control-characters");
        else if (Braces().Matches(Text).FirstOrDefault(m => !Placeholders.Contains(m.Groups[1].Value)) is { } unknown)
            yield return Refusal.At("text", "template.placeholder-unknown", unknown.Value);
    }

    [GeneratedRegex(@"\{([^{}\n]{0,40})\}")]
    private static partial Regex Braces();
}
