using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace EduUnion.Domain.Aid;

/// <summary>
/// A public notice (公示, domain §3.3 step 5): exactly the fields that may be shown, and no other. Identity number, phone,
/// address, account, diagnosis, income, family and papers have no place here.
/// </summary>
/// <param name="Name">Masked: <c>张**</c>.</param>
/// <param name="Through">Last day of the period, to 24:00, Asia/Shanghai; later when it was interrupted.</param>
/// <param name="Internal">内部公示: shown to the committee and the auditor only.</param>
/// <param name="Again">A shorter notice after an objection was upheld in part.</param>
public sealed record PublicNotice(
    int Round,
    string Number,
    string Name,
    string School,
    CauseGroup Cause,
    Money Amount,
    DateOnly From,
    DateOnly Through,
    string Contact,
    bool Internal,
    bool Again
)
{
    public ImmutableArray<Interruption> Interruptions { get; init; } = [];

    /// <summary>Over, or taken down by an objection that was upheld.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    [JsonIgnore]
    public bool IsUp => EndedAt is null;
}

/// <summary>The site was down, or nobody could see the notice, for so many working days: it lasts that much longer.</summary>
public sealed record Interruption(int Workdays, string Reason, DateOnly Through, DateTimeOffset At);
