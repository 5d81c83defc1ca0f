using EduUnion.Domain.People;

namespace EduUnion.Host.Web;

/// <summary>
/// A step said to a person: <c>wanted.{step}</c> is the sentence for who must act, <c>do.{step}</c> the verb of the link
/// that leads there, <c>stuck.{step}</c> what others see on the stamp of who blocks.
/// </summary>
public sealed class TaskWords(Texts texts)
{
    public string Wanted(string step) => texts["wanted." + step];

    public string Do(string step) => texts["do." + step];

    /// <summary>未签发，3 天</summary>
    /// <param name="days">Natural days since it waits; nothing is said on the first.</param>
    public string Stuck(string step, int days) =>
        days < 1 ? texts["stuck." + step] : texts["stuck.since", days, texts["stuck." + step]];

    /// <summary>A person by name, a department by its name, an office of the school by the office's name.</summary>
    public string Who(Office? office, string? name) =>
        office is null or Office.DepartmentClerk or Office.DepartmentHead ? name ?? "" : texts[$"office.{office}"];
}
