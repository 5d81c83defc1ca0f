using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Components;

/// <summary>Every component once, with sample data; in development only.</summary>
[AllowAnonymous]
public sealed class GalleryModel(IHostEnvironment environment) : PageModel
{
    public IActionResult OnGet()
    {
        if (!environment.IsDevelopment())
            return NotFound();
        ViewData["Frame"] = new Frame
        {
            Organisation = Samples.Say("云溪中学工会", "Yunxi Middle School Union"),
            MemberName = Samples.Say("郑乔", "Zheng Qiao"),
            Role = Samples.Say("提案委秘书", "Secretary of the motion committee"),
            Demo = true,
            Contact = Samples.Say("工会办公室 分机 8016", "Union office, extension 8016"),
            Nav =
            [
                new("nav.desk", "/") { Badge = 12 },
                new("nav.motions", "/motions"),
                new("nav.admin", "/components"),
            ],
        };
        return Page();
    }

    /// <summary>The same form as a page of its own.</summary>
    public bool Flat => Request.Query["do"] == "back";
}
