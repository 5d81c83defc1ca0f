using EduUnion.Host.Web;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddEduUnionWeb();
var app = builder.Build();
app.UseEduUnionWeb();
app.MapEduUnionWeb();
app.Run();

public partial class Program;
