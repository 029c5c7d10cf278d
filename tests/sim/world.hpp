#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/model.hpp"
#include "sim/process.hpp"

namespace imagify::sim {

/// What somebody does at some moment. The list is drawn before the run, so that it can be cut.
enum class Deed : std::uint8_t {
    Register,
    Buy,
    Paint,
    PaintMany,
    Cancel,
    Delete,
    Forge,
    OddNotice,
    ForgeReturn,
    Stranger,
    ForeignCapture,
    Kill,
    JumpClock,
    Refund,
    SettleReview,
    Grant,
    Leave,
    Count
};
std::string_view to_text(Deed deed);

/// The users, their browsers, the bank's post, and the process with everything around it.
class World {
public:
    /// More than a run of the usual length gets to.
    static constexpr int kDeeds = 60;

    World(Env& env, StoreHouse& house);
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    /// Runs `steps` steps, leaving out the deeds of these numbers, then lets everything come to
    /// rest and looks whether everybody has his due. Returns how many steps it took.
    int run(int steps, const std::set<int>& left_out);

private:
    using Reply = std::function<void()>;

    // world.cpp: time, life and death.
    void draw_deeds(const std::set<int>& left_out);
    void act(Deed deed, Dice dice);
    bool step(std::int64_t until_ms = INT64_MAX);
    void look();
    void boot();
    void crash(std::string_view where);
    void at_failpoint(std::string_view name);
    void check_recovery(std::uint64_t hits_before);
    void after(std::chrono::milliseconds delay, std::string what, Scheduler::Work work);
    /// Asks the process. `reply` hears the answer and whether a fault excuses a bad one; `lost`
    /// hears that there will be none.
    template <class T>
    void call(Task<T> task, std::function<void(T, bool)> reply, std::function<void()> lost) {
        const auto number = ++last_call_;
        in_flight_.emplace(number, std::move(lost));
        const auto before = env_.faults.hits_so_far();
        process_->spawn<T>(std::move(task),
                           [this, number, before, reply = std::move(reply)](T value) {
                               in_flight_.erase(number);
                               look();
                               reply(std::move(value), env_.faults.hits_so_far() != before);
                           });
    }
    bool alive() const { return process_ != nullptr; }
    void check_error(const Error& error, bool excused, const std::string& what);

    // people.cpp
    struct User {
        std::string email;
        UserId id;
        bool welcomed = false;
    };
    void register_user(std::size_t index, int tries);
    User* any_user(Dice& dice);
    void leave(Dice dice);
    void forget_gone(User& user);

    // buying.cpp
    struct Click {
        UserId user;
        std::string name;
        bool keyed = true;
        std::string plan{};
        std::string address{};
        int tries = 3;
    };
    void buy(Dice dice);
    void send_order(Click click);
    void order_answered(const Click& click, const Result<StartedPayment>& reply, bool excused);
    void retry_order(Click click);
    void visit_bank(const std::string& pay_url);
    void behave(const std::string& reference, std::size_t manner);

    // post.cpp
    struct Letter {
        Message message;
        std::string query;
        int calls = 0;
        bool doomed = false;
    };
    void attempt(const std::string& reference, Word word, std::chrono::milliseconds notice_delay);
    void post(Message message, std::chrono::milliseconds delay);
    void deliver(const std::shared_ptr<Letter>& letter);
    void deliver_again(const std::shared_ptr<Letter>& letter);
    void come_back(const std::string& query, int reloads);

    // painting.cpp
    struct Picture {
        UserId user;
        std::string name;
        std::string prompt;
        bool keyed = true;
        std::chrono::milliseconds wait{};
        int tries = 3;
    };
    void paint(Dice dice);
    void send_picture(Picture picture);
    void picture_answered(const Picture& picture, const Result<ImageAnswer>& reply, bool excused);
    void retry_picture(Picture picture);
    std::optional<std::string> any_picture(Dice& dice, std::string_view state);
    void cancel(Dice dice, bool stranger);
    void remove(Dice dice, bool stranger);

    // mischief.cpp
    void forge(Dice dice);
    void forge_return(Dice dice);
    std::string forged_query(Dice& dice, std::string& how);
    void odd_notice(Dice dice);
    void foreign_capture(Dice dice);

    // operators.cpp
    void refund(Dice dice);
    void settle_review(Dice dice);
    void grant(Dice dice);

    // rest.cpp
    void come_to_rest();
    std::optional<std::int64_t> next_check_ms() const;
    void follow_schedule();
    void check_truth();
    void check_refunds();
    bool bytes_may_stay() const;
    void check_books();
    void verify_books();
    void finish_deletions();
    template <class T>
    void call_and_wait(Task<T> task, std::function<void(T)> reply);

    Env& env_;
    BlobDisk disk_;
    Bank bank_;
    PaintingLog paintings_;
    DiceRandom random_;
    PlanList plans_;
    Model model_;
    StoreHouse& house_;
    Outside outside_;
    Dice chance_;
    std::unique_ptr<Process> process_;
    std::map<std::uint64_t, std::function<void()>> in_flight_;
    std::uint64_t last_call_ = 0;
    std::vector<User> users_;
    /// Order or picture of each click that was answered.
    std::map<std::string, std::string> answers_;
    std::map<std::string, std::int64_t> answered_ms_;
    int last_click_ = 0;
    int last_grant_ = 0;
    /// How often an operator has asked for each grant and each settled case.
    std::map<std::string, int> asked_;
    int crashes_ = 0;
    bool resting_ = false;
    std::set<bool> jumps_;
    std::vector<std::string> orphans_stored_;
};

}  // namespace imagify::sim
