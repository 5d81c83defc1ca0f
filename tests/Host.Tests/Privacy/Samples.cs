using System.Text;
using EduUnion.Domain;
using EduUnion.Host.Attachments;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.Motions;
using EduUnion.Host.Privacy;
using EduUnion.Host.Tests.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Privacy;

/// <summary>Files, and a motion that plays a case with sensitive data: its grounds are masked from all but its author.</summary>
internal static class Samples
{
    public static byte[] Pdf(string text = "") => Encoding.UTF8.GetBytes($"%PDF-1.7\n{text}\n%%EOF\n");

    public static byte[] Jpeg { get; } = [0xFF, 0xD8, 0xFF, 0xE0, .. new byte[40], 0xFF, 0xD9];

    public static Guid Author(PlayedCase played) => played.Town["提案人"].Id;

    public static Task<Outcome<Guid>> AddAsync(
        PlayedCase played,
        byte[] content,
        string name = "诊断证明.pdf",
        string? key = null,
        Guid? by = null,
        string proof = MotionDocuments.Grounds
    ) =>
        played.WithAsync<AttachmentCommands, Outcome<Guid>>(c =>
            c.AddAsync(
                played.Id,
                proof,
                name,
                content,
                new Asker(by ?? Author(played), key, key is null ? null : [1]),
                TestContext.Current.CancellationToken
            )
        );

    public static void Sensitive(IServiceCollection services) => services.AddScoped<ISensitiveFields, Grounds>();

    /// <summary>What a stage has not, because no scenario types into forms.</summary>
    public static void Drafts(IServiceCollection services) => services.AddDrafts();

    /// <summary>Columns whose comment or name says that they are sealed.</summary>
    public static IEnumerable<string> SealedLooking(IModel model) =>
        from type in model.GetEntityTypes()
        from property in type.GetProperties()
        where property.Name.Contains("Sealed", StringComparison.Ordinal)
        select $"{type.GetTableName()}.{property.GetColumnName()}";

    private sealed class Grounds : ISensitiveFields
    {
        public string Kind => MotionCase.KindName;

        public Task<Refusal?> RefuseAsync(ICase @case, string field, Guid member, CancellationToken cancellation) =>
            Task.FromResult(
                field != "grounds" ? Refusal.Missing("sensitive.unknown")
                : member == Motion(@case).ProposerId ? null
                : Refusal.Forbidden("sensitive.not-yours")
            );

        public string? Read(ICase @case, string field) => Motion(@case).Content.Grounds;

        public bool IsSensitive(string act) => act == "motion.start";

        public Task<IReadOnlyList<object>> PurgeAsync(ICase @case, CaseMoment moment, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<object>>([]);

        private static Domain.Motions.Motion Motion(ICase @case) => ((MotionCase)@case).Motion;
    }
}
