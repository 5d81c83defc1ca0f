using System.Text.Json.Serialization;

namespace EduUnion.Domain.Aid;

/// <summary>The three separate consents (单独同意; PIPL art. 14, 23, 25, 29): none stands for another, none is pre-ticked.</summary>
public enum ConsentKind
{
    /// <summary>收集、使用敏感个人信息: without it nothing is submitted.</summary>
    Collection,

    /// <summary>向区教育工会提供: without it nobody at the district decides.</summary>
    Transfer,

    /// <summary>公示: without it the notice is internal.</summary>
    Publicity,
}

/// <summary>
/// One consent to one version of its text. Withdrawn is as easy as given and changes nothing of what was done before;
/// given again, it is a new one.
/// </summary>
/// <param name="By">The applicant, or who entered it from the signed paper.</param>
/// <param name="PaperId">The attachment with the signed paper, where it was entered on behalf.</param>
public sealed record Consent(ConsentKind Kind, string Version, Guid By, DateTimeOffset At, Guid? PaperId = null)
{
    public DateTimeOffset? WithdrawnAt { get; init; }

    [JsonIgnore]
    public bool IsGiven => WithdrawnAt is null;
}
