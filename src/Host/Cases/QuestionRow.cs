using EduUnion.Domain.People;
using EduUnion.Host.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Cases;

/// <summary>沟通: whoever decides a task asks somebody something. Moves neither the task nor its deadline.</summary>
public sealed class QuestionRow
{
    public static SealedPlace TextPlace { get; } = new("questions", "text", "id");
    public static SealedPlace AnswerPlace { get; } = new("questions", "answer", "id") { Part = "answer" };

    public required Guid Id { get; init; }
    public required Guid CaseId { get; init; }
    public CaseRow Case { get; init; } = null!;
    public required Guid TaskId { get; init; }
    public required string Step { get; init; }
    public required Guid ById { get; init; }

    /// <summary>Who is asked.</summary>
    public required Guid MemberId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Sealed, as is the answer; null = erased with the other texts of its case.</summary>
    public string? Text { get; set; }
    public string? Answer { get; set; }
    public DateTimeOffset? AnsweredAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<QuestionRow>
    {
        public void Configure(EntityTypeBuilder<QuestionRow> question)
        {
            question.ToTable("questions");
            question.Property(q => q.Id).ValueGeneratedNever();
            question.HasOne(q => q.Case).WithMany().HasForeignKey(q => q.CaseId);
            question.HasOne<Member>().WithMany().HasForeignKey(q => q.MemberId).OnDelete(DeleteBehavior.Restrict);
            question.HasOne<Member>().WithMany().HasForeignKey(q => q.ById).OnDelete(DeleteBehavior.Restrict);
            question.HasIndex(q => new { q.MemberId, q.At });
            question.HasIndex(q => new { q.ById, q.At });
            question.HasIndex(q => q.TaskId);
            question.HasIndex(q => q.CaseId);
        }
    }
}
