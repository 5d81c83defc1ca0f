using EduUnion.Domain.Organisations;
using EduUnion.Domain.Parameters;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Parameters;

internal sealed class ParameterTable : IEntityTypeConfiguration<Parameter>
{
    public void Configure(EntityTypeBuilder<Parameter> parameter)
    {
        parameter.ToTable("parameters");
        parameter.Property(p => p.Key).HasMaxLength(60);
        parameter.Property(p => p.Value).HasMaxLength(200);
        parameter
            .HasOne<Organisation>()
            .WithMany()
            .HasForeignKey(p => p.OrganisationId)
            .OnDelete(DeleteBehavior.Restrict);
        parameter.HasIndex(p => new { p.Key, p.OrganisationId });
    }
}
