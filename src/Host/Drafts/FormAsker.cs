using EduUnion.Host.Cases;
using EduUnion.Host.People;

namespace EduUnion.Host.Drafts;

public static class FormAsker
{
    /// <summary>Who sends this form, with its hidden key: a second press on the button does nothing twice.</summary>
    public static Asker Asker(this HttpContext http, Typed typed) =>
        new(http.User.MemberId(), typed.Key, typed.HashFor(http.Request.Path));
}
