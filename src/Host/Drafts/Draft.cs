using EduUnion.Domain.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Drafts;

/// <summary>A form as one member had typed it when typing last rested; nobody else is ever shown it.</summary>
public sealed class Draft
{
    /// <summary>Before the session's id in the name of a motion that is not a case yet.</summary>
    public const string NewMotion = "motion-new-";

    public required Guid MemberId { get; init; }

    /// <summary>Which form: <c>motion-new-…</c>, <c>motion-…</c> or <c>task-…</c> with the id.</summary>
    public required string Form { get; init; }

    /// <summary>JSON of <see cref="Typed"/>; sealed in its row, whatever the form, and opened by <see cref="DraftBook"/>.</summary>
    public required string Content { get; set; }
    public required DateTimeOffset SavedAt { get; set; }

    public Typed Typed => Typed.FromJson(Content);

    internal sealed class Mapping : IEntityTypeConfiguration<Draft>
    {
        public void Configure(EntityTypeBuilder<Draft> draft)
        {
            draft.ToTable("drafts");
            draft.HasKey(d => new { d.MemberId, d.Form });
            draft.Property(d => d.Form).HasMaxLength(DraftBook.LongestName);
            draft.Ignore(d => d.Typed);
            draft.HasOne<Member>().WithMany().HasForeignKey(d => d.MemberId).OnDelete(DeleteBehavior.Cascade);
            draft.HasIndex(d => d.SavedAt);
        }
    }
}
