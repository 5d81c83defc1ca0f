using EduUnion.Domain.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.People;

/// <summary>
/// Identity names its tables and two indexes itself, which the naming convention leaves alone: they are named here.
/// </summary>
internal sealed class AccountTables
    : IEntityTypeConfiguration<User>,
        IEntityTypeConfiguration<IdentityRole<Guid>>,
        IEntityTypeConfiguration<IdentityUserRole<Guid>>,
        IEntityTypeConfiguration<IdentityUserClaim<Guid>>,
        IEntityTypeConfiguration<IdentityUserLogin<Guid>>,
        IEntityTypeConfiguration<IdentityUserToken<Guid>>,
        IEntityTypeConfiguration<IdentityRoleClaim<Guid>>
{
    public void Configure(EntityTypeBuilder<User> user)
    {
        user.ToTable("users");
        user.HasIndex(u => u.NormalizedUserName).HasDatabaseName("ix_users_normalized_user_name");
        user.HasIndex(u => u.NormalizedEmail).HasDatabaseName("ix_users_normalized_email");
        user.HasOne<Member>().WithOne().HasForeignKey<User>(u => u.MemberId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<IdentityRole<Guid>> role)
    {
        role.ToTable("roles");
        role.HasIndex(r => r.NormalizedName).HasDatabaseName("ix_roles_normalized_name");
    }

    public void Configure(EntityTypeBuilder<IdentityUserRole<Guid>> userRole) => userRole.ToTable("user_roles");

    public void Configure(EntityTypeBuilder<IdentityUserClaim<Guid>> userClaim) => userClaim.ToTable("user_claims");

    public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> userLogin) => userLogin.ToTable("user_logins");

    public void Configure(EntityTypeBuilder<IdentityUserToken<Guid>> userToken) => userToken.ToTable("user_tokens");

    public void Configure(EntityTypeBuilder<IdentityRoleClaim<Guid>> roleClaim) => roleClaim.ToTable("role_claims");
}
